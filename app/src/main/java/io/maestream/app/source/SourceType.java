package io.maestream.app.source;

import java.util.Arrays;
import java.util.Locale;

/** Kinds of sources. */
public enum SourceType {
    DIRECTORY,
    WATCH,
    ARCHIVE,
    VIDEO,
    CAMERA,
    SIMULATED,
    HTTP;

    /** As it is written in a configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String[] words() {
        return Arrays.stream(values()).map(SourceType::word).toArray(String[]::new);
    }

    boolean needsPath() {
        return this == DIRECTORY || this == WATCH || this == ARCHIVE || this == VIDEO;
    }

    boolean needsUri() {
        return this == CAMERA;
    }

    /** Whether it has no end of its own. */
    boolean isEndless() {
        return this == WATCH || this == CAMERA || this == SIMULATED;
    }
}
