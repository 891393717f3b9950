package io.maestream.trainer.dashboard;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
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
 * Where the dashboard listens and who may read it.
 *
 * @param host address to listen on
 * @param port 0 for no dashboard
 * @param token given in the configuration; empty if it is in a file or nowhere
 * @param tokenFile file that holds the token
 */
public record DashboardSettings(
        String host, int port, Optional<Password> token, Optional<Path> tokenFile) {

    static final String HOST = "dashboard.host";
    static final String PORT = "dashboard.port";
    static final String TOKEN = "dashboard.token";
    static final String TOKEN_FILE = "dashboard.token.file";

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
                                "Port of the trainer's dashboard, metrics and health; 0 for none.")
                        .define(
                                HOST,
                                STRING,
                                "127.0.0.1",
                                new ConfigDef.NonEmptyString(),
                                MEDIUM,
                                "Address that the dashboard listens on. Beyond loopback it needs a token,"
                                        + " and TLS in front of it."));
    }

    private static ConfigDef defineToken(ConfigDef keys) {
        return keys.define(
                        TOKEN,
                        PASSWORD,
                        null,
                        MEDIUM,
                        "Bearer token that readers of the dashboard must show; from file or"
                                + " environment only. Needed beyond loopback.")
                .define(
                        TOKEN_FILE,
                        STRING,
                        "",
                        MEDIUM,
                        "File that holds the bearer token instead.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static DashboardSettings from(Map<String, ?> parsed) {
        String file = (String) parsed.get(TOKEN_FILE);
        return new DashboardSettings(
                (String) parsed.get(HOST),
                (int) parsed.get(PORT),
                Optional.ofNullable((Password) parsed.get(TOKEN)),
                file.isBlank() ? Optional.empty() : Optional.of(Path.of(file)));
    }

    /** Whether there is to be one. */
    public boolean isOn() {
        return port != 0;
    }

    boolean hasToken() {
        return token.isPresent() || tokenFile.isPresent();
    }
}
