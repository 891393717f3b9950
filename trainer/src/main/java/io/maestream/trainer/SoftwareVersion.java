package io.maestream.trainer;

import java.util.Optional;

/** The version of this software, from the jar's manifest. */
public final class SoftwareVersion {

    private SoftwareVersion() {}

    /** The version, or {@code development} outside a jar. */
    public static String current() {
        return Optional.ofNullable(SoftwareVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
