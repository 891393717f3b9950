package io.maestream.schemas.client;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer that tells of its end. It extends Kafka's: nothing else tells when that is closed. */
final class WatchedProducer<V> extends KafkaProducer<String, V> {

    private volatile Runnable ended = () -> {};

    private WatchedProducer(Map<String, Object> configs, Serializer<V> serializer) {
        super(configs, new StringSerializer(), serializer);
    }

    static <V> WatchedProducer<V> open(
            Map<String, Object> configs, Serializer<V> serializer, ClientWatch watch) {
        WatchedProducer<V> producer = new WatchedProducer<>(configs, serializer);
        producer.ended = watch.opened(producer);
        return producer;
    }

    /** Kafka's other close calls this one. */
    @Override
    public void close(Duration timeout) {
        ended.run();
        super.close(timeout);
    }
}
