package io.maestream.app.broker;

import java.nio.file.Path;

/** Another process keeps its broker in the same data directory. */
public final class DataDirectoryInUseException extends RuntimeException {
    /** Names the directory and what to do. */
    public DataDirectoryInUseException(Path directory) {
        super(
                "The data directory "
                        + directory.toAbsolutePath().normalize()
                        + " is in use by another Maestream process; stop that one, or choose another"
                        + " directory with --data-dir");
    }
}
