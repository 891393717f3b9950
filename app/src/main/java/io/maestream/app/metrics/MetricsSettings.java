package io.maestream.app.metrics;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * Where a process that has no dashboard answers a monitor.
 *
 * @param host address to listen on
 * @param port 0 for none
 * @param token given in the configuration; empty if it is in a file or nowhere
 * @param tokenFile file that holds the token
 * @param maxSources sources with meters of their own
 */
public record MetricsSettings(
        String host, int port, Optional<Password> token, Optional<Path> tokenFile, int maxSources) {

    static final String HOST = "metrics.host";
    static final String PORT = "metrics.port";
    static final String TOKEN = "metrics.token";
    static final String TOKEN_FILE = "metrics.token.file";
    static final String MAX_SOURCES = "metrics.max.sources";

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return defineToken(
                new ConfigDef()
                        .define(
                                PORT,
                                INT,
                                0,
                                between(0, 65_535),
                                HIGH,
                                "Port on which ingest and prepare answer /metrics, /healthz and /readyz;"
                                        + " 0 for none. A trainer answers on dashboard.port.")
                        .define(
                                HOST,
                                STRING,
                                "127.0.0.1",
                                new ConfigDef.NonEmptyString(),
                                MEDIUM,
                                "Address for metrics.port. Beyond loopback it needs a token.")
                        .define(
                                MAX_SOURCES,
                                INT,
                                200,
                                between(0, 10_000),
                                LOW,
                                "Sources with metrics of their own; the others share one label."));
    }

    private static ConfigDef defineToken(ConfigDef keys) {
        return keys.define(
                        TOKEN,
                        PASSWORD,
                        null,
                        MEDIUM,
                        "Bearer token that a monitor must show for /metrics; from file or environment"
                                + " only. Needed beyond loopback.")
                .define(
                        TOKEN_FILE,
                        STRING,
                        "",
                        MEDIUM,
                        "File that holds the bearer token instead.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static MetricsSettings from(Map<String, ?> parsed) {
        String file = (String) parsed.get(TOKEN_FILE);
        return new MetricsSettings(
                (String) parsed.get(HOST),
                (int) parsed.get(PORT),
                Optional.ofNullable((Password) parsed.get(TOKEN)),
                file.isBlank() ? Optional.empty() : Optional.of(Path.of(file)),
                (int) parsed.get(MAX_SOURCES));
    }

    /** Whether anybody is to be answered. */
    public boolean isOn() {
        return port != 0;
    }

    boolean hasToken() {
        return token.isPresent() || tokenFile.isPresent();
    }
}
