package io.maestream.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every source that one command publishes. */
public final class SourceOptions {
    @Option(
            names = "--source",
            paramLabel = "ID",
            description =
                    "Source id of the images; by default the name of the file or directory, or"
                            + " camera.")
    private String sourceId;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Images a second at most, of a video or camera in its own time; 0, the default,"
                            + " is all of them, as fast as they come.")
    private Double rate;

    /** The options as keys of the source with this name in the configuration. */
    OptionKeys of(String name, OptionKeys keys) {
        return keys.with(key(name, "id"), sourceId).with(key(name, "rate"), rate);
    }

    /** The same for a source that is a file or directory. */
    OptionKeys at(Path place, String name, OptionKeys keys) {
        Path absolute = place.toAbsolutePath().normalize();
        return of(
                name,
                keys.with(key(name, "path"), absolute)
                        .with(key(name, "id"), absolute.getFileName()));
    }

    private static String key(String name, String own) {
        return "source." + name + "." + own;
    }
}
