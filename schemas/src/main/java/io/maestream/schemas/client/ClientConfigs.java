package io.maestream.schemas.client;

import io.maestream.schemas.topic.TopicSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides each client's configuration: defaults, then settings, then the caller's overrides, then
 * what correctness needs. The sizes that belong together derive from the largest message here.
 */
final class ClientConfigs {

    private static final int MIB = 1024 * 1024;
    private static final int STREAMS_LINGER_MILLIS = 100;

    private final KafkaSettings settings;
    private final int maxMessageBytes;

    ClientConfigs(KafkaSettings settings, TopicSettings topics) {
        this.settings = settings;
        this.maxMessageBytes = topics.maxMessageBytes();
    }

    Map<String, Object> producer(Map<String, Object> overrides) {
        Map<String, Object> configs = new HashMap<>(producerDefaults());
        configs.putAll(settings.common());
        configs.putAll(settings.producer());
        configs.putAll(overrides);
        configs.put("acks", "all");
        configs.put("enable.idempotence", true);
        raise(configs, producerSizes());
        return configs;
    }

    Map<String, Object> consumer(Map<String, Object> overrides) {
        Map<String, Object> configs = new HashMap<>(consumerDefaults());
        configs.putAll(settings.common());
        configs.putAll(settings.consumer());
        configs.putAll(overrides);
        dropForNewProtocol(configs, "");
        // Half a transaction must not be seen, and offsets are committed with what they stand for.
        configs.put("isolation.level", "read_committed");
        configs.put("enable.auto.commit", false);
        raise(configs, consumerSizes());
        return configs;
    }

    Map<String, Object> admin() {
        return new HashMap<>(settings.common());
    }

    Map<String, Object> streams(String applicationId, Map<String, Object> overrides) {
        Map<String, Object> configs = new HashMap<>();
        prefixed("consumer.", consumerDefaults(), configs);
        prefixed("producer.", producerDefaults(), configs);
        // Streams moves images: they are compressed already.
        configs.put("producer.compression.type", "none");
        // Nobody sees records before their transaction is committed, which sends what lingers.
        configs.put("producer.linger.ms", STREAMS_LINGER_MILLIS);
        configs.putAll(settings.common());
        prefixed("consumer.", settings.consumer(), configs);
        prefixed("producer.", settings.producer(), configs);
        configs.putAll(settings.streams());
        configs.putAll(overrides);
        dropForNewProtocol(configs, "consumer.");
        configs.put("application.id", applicationId);
        configs.put("processing.guarantee", "exactly_once_v2");
        Map<String, Object> sizes = new HashMap<>();
        prefixed("consumer.", consumerSizes(), sizes);
        prefixed("producer.", producerSizes(), sizes);
        raise(configs, sizes);
        return configs;
    }

    private Map<String, Object> producerDefaults() {
        return Map.of("compression.type", "lz4", "linger.ms", 10, "batch.size", 512 * 1024);
    }

    /**
     * After a crash the successor waits for the old session: 6 s is the least that brokers allow
     * unless told otherwise (group.min.session.timeout.ms), and a standby hears of the end of it at
     * its next heartbeat. Heartbeats have a thread of their own, so a long step costs none.
     */
    private Map<String, Object> consumerDefaults() {
        return Map.of(
                "auto.offset.reset",
                "earliest",
                "session.timeout.ms",
                6_000,
                "heartbeat.interval.ms",
                1_000);
    }

    /**
     * The broker, not the client, sets the session of newer group protocols (KIP-848, KIP-1071).
     */
    private static void dropForNewProtocol(Map<String, Object> configs, String prefix) {
        Object protocol = configs.getOrDefault("group.protocol", "classic");
        if (!"classic".equalsIgnoreCase(protocol.toString())) {
            configs.remove(prefix + "session.timeout.ms");
            configs.remove(prefix + "heartbeat.interval.ms");
        }
    }

    private Map<String, Object> producerSizes() {
        return Map.of(
                "max.request.size",
                maxMessageBytes,
                "buffer.memory",
                Math.max(32L * MIB, 4L * maxMessageBytes));
    }

    private Map<String, Object> consumerSizes() {
        return Map.of(
                "max.partition.fetch.bytes",
                Math.max(MIB, maxMessageBytes),
                "fetch.max.bytes",
                Math.max(50 * MIB, maxMessageBytes));
    }

    /** A size may be set larger than the images need, never smaller. */
    private static void raise(Map<String, Object> configs, Map<String, Object> least) {
        least.forEach(
                (key, value) ->
                        configs.merge(
                                key,
                                value,
                                (set, needed) ->
                                        Long.parseLong(set.toString())
                                                        >= ((Number) needed).longValue()
                                                ? set
                                                : needed));
    }

    private static void prefixed(
            String prefix, Map<String, ?> configs, Map<String, Object> target) {
        configs.forEach((key, value) -> target.put(prefix + key, value));
    }
}
