package io.maestream.app;

import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.wire.AvroSerde;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes hand-made records of any type; what was sent has arrived when it is closed. */
public final class RecordPublisher implements AutoCloseable {
    private final Producer<String, byte[]> producer;

    public RecordPublisher(KafkaClients clients) {
        producer = clients.producer(new ByteArraySerializer(), Map.of());
    }

    public <T extends SpecificRecord> void send(String topic, Class<T> type, T value) {
        byte[] bytes = AvroSerde.serializer(type).serialize(topic, value);
        producer.send(new ProducerRecord<>(topic, Records.RUN, bytes));
    }

    /** Bytes that are no record. */
    public void sendGarbage(String topic) {
        producer.send(new ProducerRecord<>(topic, Records.RUN, new byte[] {1, 2, 3}));
    }

    @Override
    public void close() {
        producer.close();
    }
}
