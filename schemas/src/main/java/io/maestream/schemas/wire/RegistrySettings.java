package io.maestream.schemas.wire;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * How a schema registry that speaks Confluent's REST API is reached.
 *
 * @param url of the API, such as {@code http://localhost:8081}
 * @param user for basic authentication, or empty
 * @param password of the user
 * @param register whether a writer may register its schema, or only look it up
 */
public record RegistrySettings(URI url, String user, String password, boolean register) {

    static final String URL = "schema.registry.url";
    static final String USER = "schema.registry.user";
    static final String PASSWORD = "schema.registry.password";
    static final String REGISTER = "schema.registry.register";

    /** The keys, their defaults and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        URL,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Schema registry with Confluent's REST API; with it, records are written in"
                                + " Confluent's wire format. Empty for single-object encoding.")
                .define(
                        USER,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "User of the schema registry (basic authentication).")
                .define(
                        PASSWORD,
                        Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "Password at the schema registry; from the environment or a file only.")
                .define(
                        REGISTER,
                        Type.BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether writers register their schemas; otherwise they must be there.");
    }

    /**
     * From parsed or plain values; nothing if no URL is set.
     *
     * @throws ConfigException if the URL is none
     */
    public static Optional<RegistrySettings> from(Map<String, ?> values) {
        String url = text(values, URL).strip();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!url.matches("https?://[^/@?#\\s]+(/[^?#\\s]*)?")) {
            throw new ConfigException(
                    URL, url, "must read http://HOST:PORT or https://HOST/PATH, without user");
        }
        boolean register = !"false".equalsIgnoreCase(text(values, REGISTER));
        return Optional.of(
                new RegistrySettings(
                        URI.create(url.replaceAll("/+$", "")),
                        text(values, USER),
                        text(values, PASSWORD),
                        register));
    }

    /** As configuration of Kafka's clients, from which serdes read it back. */
    public Map<String, String> asConfigs() {
        Map<String, String> configs = new HashMap<>();
        configs.put(URL, url.toString());
        configs.put(USER, user);
        configs.put(PASSWORD, password);
        configs.put(REGISTER, Boolean.toString(register));
        return configs;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegistrySettings[url=" + url + ", user=" + user + "]";
    }

    private static String text(Map<String, ?> values, String key) {
        Object value = values.get(key);
        if (value instanceof Password secret) {
            return secret.value();
        }
        return value == null ? "" : value.toString();
    }
}
