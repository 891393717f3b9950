package io.maestream.app;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.maestream.checkpoints.s3.S3Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * The keys {@code GROUP.s3.*}, which tell how an object store is reached.
 *
 * @param group what they begin with
 * @param timeoutSeconds default of one attempt's patience
 * @param attempts until a failure is told
 */
record ObjectStoreKeys(String group, int timeoutSeconds, int attempts) {

    /** Patient: a checkpoint is worth waiting for. */
    static final ObjectStoreKeys CHECKPOINT = new ObjectStoreKeys("checkpoint", 60, 6);

    /**
     * One attempt: readers have an open transaction meanwhile, and try again as long as that lasts.
     */
    static final ObjectStoreKeys PAYLOAD = new ObjectStoreKeys("payload", 5, 1);

    /** The keys, their defaults and documentation. */
    ConfigDef definition() {
        return defineKeys(
                new ConfigDef()
                        .define(
                                key("endpoint"),
                                Type.STRING,
                                "",
                                MEDIUM,
                                "URL of an S3-compatible service; empty for Amazon's own.")
                        .define(
                                key("region"),
                                Type.STRING,
                                "",
                                MEDIUM,
                                "Region; empty for what the SDK's default chain finds.")
                        .define(
                                key("path.style"),
                                Type.BOOLEAN,
                                true,
                                LOW,
                                "Whether the bucket is part of the path, which every server"
                                        + " understands."));
    }

    private ConfigDef defineKeys(ConfigDef keys) {
        return keys.define(
                        key("timeout.seconds"),
                        Type.INT,
                        timeoutSeconds,
                        Range.between(1, 3600),
                        LOW,
                        "Seconds without an answer after which a request is sent again.")
                .define(
                        key("access.key"),
                        Type.PASSWORD,
                        "",
                        MEDIUM,
                        "Access key; empty for the SDK's default chain (variables, profile, role).")
                .define(
                        key("secret.key"),
                        Type.PASSWORD,
                        "",
                        MEDIUM,
                        "Secret key; from the environment or a file only.");
    }

    /**
     * From values that {@link #definition()} has parsed.
     *
     * @throws ConfigException if they do not go together
     */
    S3Settings from(Map<String, ?> parsed) {
        return new S3Settings(
                endpoint((String) parsed.get(key("endpoint"))),
                text((String) parsed.get(key("region"))),
                (boolean) parsed.get(key("path.style")),
                keys(secret(parsed, "access.key"), secret(parsed, "secret.key")),
                Duration.ofSeconds((int) parsed.get(key("timeout.seconds"))),
                attempts,
                group);
    }

    private Optional<String> endpoint(String url) {
        Optional<String> given = text(url);
        if (given.isPresent() && !given.get().matches("https?://[^/?#]+/?")) {
            throw new ConfigException(
                    key("endpoint"), url, "must read http://HOST:PORT or https://HOST");
        }
        return given.map(text -> URI.create(text).toString());
    }

    private Optional<S3Settings.Keys> keys(Optional<String> access, Optional<String> secret) {
        if (access.isPresent() != secret.isPresent()) {
            throw new ConfigException(
                    "%s and %s belong together: set both or none"
                            .formatted(key("access.key"), key("secret.key")));
        }
        return access.map(key -> new S3Settings.Keys(key, secret.orElseThrow()));
    }

    private Optional<String> secret(Map<String, ?> parsed, String name) {
        return text(((Password) parsed.get(key(name))).value());
    }

    private static Optional<String> text(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private String key(String name) {
        return group + ".s3." + name;
    }
}
