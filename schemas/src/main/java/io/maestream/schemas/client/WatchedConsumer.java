package io.maestream.schemas.client;

import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A consumer that tells of its end. It extends Kafka's: nothing else tells when that is closed. */
final class WatchedConsumer<V> extends KafkaConsumer<String, V> {

    private volatile Runnable ended = () -> {};

    private WatchedConsumer(Map<String, Object> configs, Deserializer<V> deserializer) {
        super(configs, new StringDeserializer(), deserializer);
    }

    static <V> WatchedConsumer<V> open(
            Map<String, Object> configs, Deserializer<V> deserializer, ClientWatch watch) {
        WatchedConsumer<V> consumer = new WatchedConsumer<>(configs, deserializer);
        consumer.ended = watch.opened(consumer);
        return consumer;
    }

    @Override
    public void close() {
        ended.run();
        super.close();
    }

    @Override
    public void close(CloseOptions options) {
        ended.run();
        super.close(options);
    }
}
