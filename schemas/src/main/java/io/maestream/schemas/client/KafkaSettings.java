package io.maestream.schemas.client;

import io.maestream.schemas.wire.RegistrySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the Kafka clients are told, keys as Kafka names them. A later map holds for its clients only
 * and goes before {@code common}.
 *
 * @param common for every client
 * @param consumer for consumers, those of Kafka Streams included
 * @param producer for producers, those of Kafka Streams included
 * @param streams for Kafka Streams
 */
public record KafkaSettings(
        Map<String, String> common,
        Map<String, String> consumer,
        Map<String, String> producer,
        Map<String, String> streams) {

    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String PREFIX = "kafka.";
    private static final Pattern SECRET =
            Pattern.compile("password|passwd|jaas|secret|token|key", Pattern.CASE_INSENSITIVE);

    /** Takes its own copies of the maps. */
    public KafkaSettings {
        common = Map.copyOf(common);
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
        streams = Map.copyOf(streams);
        if (common.getOrDefault(BOOTSTRAP, "").isBlank()) {
            throw new IllegalArgumentException(
                    "kafka.bootstrap.servers is missing; name at least one broker as host:port");
        }
    }

    /** Only the brokers' addresses, host:port with commas between. */
    public static KafkaSettings of(String bootstrap) {
        return new KafkaSettings(Map.of(BOOTSTRAP, bootstrap), Map.of(), Map.of(), Map.of());
    }

    /**
     * Sorts keys such as {@code kafka.bootstrap.servers} and {@code kafka.consumer.fetch.min.bytes}
     * into the four maps; keys without the prefix {@code kafka.} are left out.
     */
    public static KafkaSettings from(Map<String, String> properties) {
        Map<String, String> common = new HashMap<>(under(PREFIX, properties));
        Map<String, String> consumer = under("consumer.", common);
        Map<String, String> producer = under("producer.", common);
        Map<String, String> streams = under("streams.", common);
        common.keySet().removeIf(key -> key.matches("(consumer|producer|streams)\\..*"));
        return new KafkaSettings(common, consumer, producer, streams);
    }

    /** The same, with a schema registry for all serdes of the clients. */
    public KafkaSettings with(RegistrySettings registry) {
        Map<String, String> all = new HashMap<>(common);
        all.putAll(registry.asConfigs());
        return new KafkaSettings(all, consumer, producer, streams);
    }

    /** The brokers' addresses, host:port with commas between. */
    public String bootstrapServers() {
        return common.get(BOOTSTRAP);
    }

    /** Without the values of keys that may be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[common=%s, consumer=%s, producer=%s, streams=%s]"
                .formatted(
                        redacted(common),
                        redacted(consumer),
                        redacted(producer),
                        redacted(streams));
    }

    private static Map<String, String> under(String prefix, Map<String, String> properties) {
        Map<String, String> found = new HashMap<>();
        properties.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        found.put(key.substring(prefix.length()), value);
                    }
                });
        return found;
    }

    private static Map<String, String> redacted(Map<String, String> values) {
        Map<String, String> shown = new TreeMap<>();
        values.forEach(
                (key, value) -> shown.put(key, SECRET.matcher(key).find() ? "[hidden]" : value));
        return shown;
    }
}
