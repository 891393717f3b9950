package io.maestream.app;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.maestream.checkpoints.s3.S3Location;
import io.maestream.checkpoints.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

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

    private static final String ENDPOINT = "checkpoint.s3.endpoint";
    private static final String REGION = "checkpoint.s3.region";
    private static final String PATH_STYLE = "checkpoint.s3.path.style";
    private static final String ACCESS_KEY = "checkpoint.s3.access.key";
    private static final String SECRET_KEY = "checkpoint.s3.secret.key";
    private static final String TIMEOUT = "checkpoint.s3.timeout.seconds";

    /** The keys that fill this record. */
    public static ConfigDef definition() {
        ConfigDef keys =
                new ConfigDef()
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
        return defineKeys(defineS3(keys));
    }

    private static ConfigDef defineS3(ConfigDef keys) {
        return keys.define(
                        ENDPOINT,
                        Type.STRING,
                        "",
                        MEDIUM,
                        "URL of an S3-compatible service; empty for Amazon's own.")
                .define(
                        REGION,
                        Type.STRING,
                        "",
                        MEDIUM,
                        "Region; empty for what the SDK's default chain finds.")
                .define(
                        PATH_STYLE,
                        Type.BOOLEAN,
                        true,
                        LOW,
                        "Whether the bucket is part of the path, which every server understands.")
                .define(
                        TIMEOUT,
                        Type.INT,
                        60,
                        Range.between(1, 3600),
                        LOW,
                        "Seconds without an answer after which a request is sent again.");
    }

    private static ConfigDef defineKeys(ConfigDef keys) {
        return keys.define(
                        ACCESS_KEY,
                        Type.PASSWORD,
                        "",
                        MEDIUM,
                        "Access key; empty for the SDK's default chain (variables, profile, role).")
                .define(
                        SECRET_KEY,
                        Type.PASSWORD,
                        "",
                        MEDIUM,
                        "Secret key; from the environment or a file only.");
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
        S3Settings s3 =
                new S3Settings(
                        endpoint((String) parsed.get(ENDPOINT)),
                        text((String) parsed.get(REGION)),
                        (boolean) parsed.get(PATH_STYLE),
                        keys(secret(parsed, ACCESS_KEY), secret(parsed, SECRET_KEY)),
                        Duration.ofSeconds((int) parsed.get(TIMEOUT)));
        return new StoreSettings(location, s3, Path.of((String) parsed.get(CACHE)));
    }

    private static Optional<String> endpoint(String url) {
        Optional<String> given = text(url);
        if (given.isPresent() && !given.get().matches("https?://[^/?#]+/?")) {
            throw new ConfigException(ENDPOINT, url, "must read http://HOST:PORT or https://HOST");
        }
        return given.map(text -> URI.create(text).toString());
    }

    private static Optional<S3Settings.Keys> keys(
            Optional<String> access, Optional<String> secret) {
        if (access.isPresent() != secret.isPresent()) {
            throw new ConfigException(
                    ACCESS_KEY + " and " + SECRET_KEY + " belong together: set both or none");
        }
        return access.map(key -> new S3Settings.Keys(key, secret.orElseThrow()));
    }

    private static Optional<String> secret(Map<String, ?> parsed, String key) {
        return text(((Password) parsed.get(key)).value());
    }

    private static Optional<String> text(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }
}
