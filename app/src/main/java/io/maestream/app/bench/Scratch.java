package io.maestream.app.bench;

import io.maestream.app.LogFile;
import io.maestream.app.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/**
 * A directory for one benchmark's broker, checkpoints and log, deleted afterwards.
 *
 * @param directory where
 */
public record Scratch(Path directory) implements AutoCloseable {
    /** Makes one, and sends the log there. */
    public static Scratch open() throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory("maestream-bench"));
        LogFile.open(scratch.directory, LogFormat.TEXT);
        return scratch;
    }

    /** These keys, and those that keep a run in this directory and undisturbed. */
    public Map<String, String> with(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(keys);
        all.put("checkpoint.dir", directory.resolve("checkpoints").toString());
        all.put("checkpoint.every.seconds", "0");
        all.put("panel.every.seconds", "0");
        return all;
    }

    @Override
    public void close() throws IOException {
        Utils.delete(directory.toFile());
    }
}
