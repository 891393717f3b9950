package io.maestream.app;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Where checkpoints are published.
 *
 * @param directory root of the file system store
 */
public record StoreSettings(Path directory) {
    /** Key of {@link #directory()}. */
    public static final String DIRECTORY = "checkpoint.dir";

    /** The keys that fill this record. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        DIRECTORY,
                        Type.STRING,
                        ".maestream/checkpoints",
                        Importance.HIGH,
                        "Directory in which checkpoints are published.");
    }

    /** Reads the record from values that {@link #definition()} has parsed. */
    public static StoreSettings from(Map<String, ?> parsed) {
        return new StoreSettings(Path.of((String) parsed.get(DIRECTORY)));
    }
}
