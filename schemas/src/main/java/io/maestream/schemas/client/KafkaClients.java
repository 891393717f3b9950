package io.maestream.schemas.client;

import io.maestream.schemas.topic.TopicSettings;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The only class that builds Kafka clients. Whoever calls it closes what it gets.
 *
 * <p>Producers are idempotent and wait for all replicas; consumers see committed records only and
 * commit nothing by themselves. Neither can be configured away.
 */
public final class KafkaClients {

    /** Overrides for producers of images, which are compressed already. */
    public static final Map<String, Object> UNCOMPRESSED = Map.of("compression.type", "none");

    private final ClientConfigs configs;
    private final ClientWatch watch;

    /** Clients for these brokers and messages of this size. */
    public KafkaClients(KafkaSettings settings, TopicSettings topics) {
        this(settings, topics, ClientWatch.NONE);
    }

    /** The same, watched. */
    public KafkaClients(KafkaSettings settings, TopicSettings topics, ClientWatch watch) {
        this.configs = new ClientConfigs(settings, topics);
        this.watch = watch;
    }

    /** A producer; values are compressed with lz4 unless the overrides say otherwise. */
    public <V> Producer<String, V> producer(
            Serializer<V> serializer, Map<String, Object> overrides) {
        return WatchedProducer.open(configs.producer(overrides), writer(serializer), watch);
    }

    /** A consumer that starts at the earliest record where its group has no offset. */
    public <V> Consumer<String, V> consumer(
            Deserializer<V> deserializer, Map<String, Object> overrides) {
        Map<String, Object> complete = configs.consumer(overrides);
        boolean member = complete.containsKey(ConsumerConfig.GROUP_ID_CONFIG);
        return WatchedConsumer.open(
                complete, reader(deserializer), member ? watch : ClientWatch.NONE);
    }

    /** A serializer that knows what clients are told of a schema registry. */
    public <V> Serializer<V> writer(Serializer<V> serializer) {
        serializer.configure(configs.admin(), false);
        return serializer;
    }

    /** A deserializer that knows what clients are told of a schema registry. */
    public <V> Deserializer<V> reader(Deserializer<V> deserializer) {
        deserializer.configure(configs.admin(), false);
        return deserializer;
    }

    /** An administrative client. */
    public Admin admin() {
        return Admin.create(configs.admin());
    }

    /** Configuration of a Kafka Streams application, exactly once (KIP-447). */
    public Properties streams(String applicationId, Map<String, Object> overrides) {
        Properties properties = new Properties();
        properties.putAll(configs.streams(applicationId, overrides));
        return properties;
    }
}
