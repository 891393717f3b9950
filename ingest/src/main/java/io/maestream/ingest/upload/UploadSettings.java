package io.maestream.ingest.upload;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * What the upload server is told.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param token given in the configuration; empty if it is in a file or nowhere
 * @param tokenFile file that holds the token
 * @param limits what it takes at a time
 */
public record UploadSettings(
        String host, int port, Optional<Password> token, Optional<Path> tokenFile, Limits limits) {

    static final String HOST = "http.host";
    static final String PORT = "http.port";
    static final String TOKEN = "http.token";
    static final String TOKEN_FILE = "http.token.file";
    static final String CONCURRENT = "http.max.concurrent";
    static final String BODY = "http.max.body.bytes";
    static final String BYTES = "http.max.in.flight.bytes";
    static final String DRAIN = "http.drain.seconds";

    private static final int MIB = 1024 * 1024;

    /**
     * What the server takes at a time.
     *
     * @param concurrent uploads at a time
     * @param bodyBytes bytes of one upload
     * @param bytesInFlight bytes of all uploads at a time
     * @param drain how long uploads under way may take when the server stops
     */
    public record Limits(int concurrent, int bodyBytes, int bytesInFlight, Duration drain) {

        /** Checks that one upload fits. */
        public Limits {
            if (concurrent < 1 || bodyBytes < 1 || bytesInFlight < bodyBytes) {
                throw new IllegalArgumentException(
                        "%s is %d and %s is %d; the second must be no smaller than the first"
                                .formatted(BODY, bodyBytes, BYTES, bytesInFlight));
            }
        }
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return defineLimits(new ConfigDef())
                .define(
                        HOST,
                        STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        HIGH,
                        "Address that the upload server listens on. Beyond loopback, put TLS in"
                                + " front of it.")
                .define(
                        PORT,
                        INT,
                        8484,
                        between(0, 65_535),
                        HIGH,
                        "Port that the upload server listens on; 0 for any free one.")
                .define(
                        TOKEN,
                        PASSWORD,
                        null,
                        HIGH,
                        "Bearer token that uploads must show; from file or environment only.")
                .define(TOKEN_FILE, STRING, "", HIGH, "File that holds the bearer token instead.");
    }

    private static ConfigDef defineLimits(ConfigDef keys) {
        return keys.define(
                        CONCURRENT,
                        INT,
                        64,
                        between(1, 4096),
                        MEDIUM,
                        "Uploads at a time; more get 429.")
                .define(
                        BODY,
                        INT,
                        32 * MIB,
                        between(1024, 512 * MIB),
                        MEDIUM,
                        "Bytes of one upload; more get 413 before the body is read.")
                .define(
                        BYTES,
                        INT,
                        64 * MIB,
                        between(1024, 1 << 30),
                        LOW,
                        "Bytes of all uploads at a time; more get 429.")
                .define(
                        DRAIN,
                        INT,
                        20,
                        between(0, 600),
                        LOW,
                        "Seconds that uploads under way may still take when the server stops.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static UploadSettings from(Map<String, ?> parsed) {
        String file = (String) parsed.get(TOKEN_FILE);
        return new UploadSettings(
                (String) parsed.get(HOST),
                (int) parsed.get(PORT),
                Optional.ofNullable((Password) parsed.get(TOKEN)),
                file.isBlank() ? Optional.empty() : Optional.of(Path.of(file)),
                new Limits(
                        (int) parsed.get(CONCURRENT),
                        (int) parsed.get(BODY),
                        (int) parsed.get(BYTES),
                        Duration.ofSeconds((int) parsed.get(DRAIN))));
    }
}
