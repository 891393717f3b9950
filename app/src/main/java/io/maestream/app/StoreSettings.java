package io.maestream.app;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;

import io.maestream.checkpoints.s3.S3Location;
import io.maestream.checkpoints.s3.S3Settings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where checkpoints are published.
 *
 * @param location a directory, or {@code s3://bucket/prefix}
 * @param s3 how an object store is reached
 * @param cache directory for copies of what lies in an object store
 */
public record StoreSettings(String location, S3Settings s3, Path cache) {
    /** Key of {@link #location()}. */
    public static final String LOCATION = "checkpoint.dir";

    /** Key of {@link #cache()}. */
    public static final String CACHE = "checkpoint.cache.dir";

    /** The keys that fill this record. */
    public static ConfigDef definition() {
        return ObjectStoreKeys.CHECKPOINT
                .definition()
                .define(
                        LOCATION,
                        Type.STRING,
                        ".maestream/checkpoints",
                        HIGH,
                        "Where checkpoints are published: a directory, or s3://BUCKET/PREFIX.")
                .define(
                        CACHE,
                        Type.STRING,
                        ".maestream/cache",
                        LOW,
                        "Directory for copies of checkpoints that lie in an object store.");
    }

    /**
     * Reads the record from values that {@link #definition()} has parsed.
     *
     * @throws ConfigException if they do not go together
     */
    public static StoreSettings from(Map<String, ?> parsed) {
        String location = ((String) parsed.get(LOCATION)).strip();
        if (S3Location.isOne(location)) {
            S3Location.parse(location);
        }
        return new StoreSettings(
                location,
                ObjectStoreKeys.CHECKPOINT.from(parsed),
                Path.of((String) parsed.get(CACHE)));
    }
}
