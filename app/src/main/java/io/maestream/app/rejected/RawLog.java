package io.maestream.app.rejected;

import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Raw records by their coordinates, as long as the log holds them. One thread uses it. */
public final class RawLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** Reads {@code images.raw}, which must exist. */
    public RawLog(KafkaClients clients) {
        consumer = clients.consumer(new ByteArrayDeserializer(), Map.of("max.poll.records", 1));
        partitions =
                consumer.partitionsFor(Topics.IMAGES_RAW).stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
    }

    /** The record at this offset, or nothing if retention has deleted it. */
    public Optional<ConsumerRecord<String, byte[]>> at(int partition, long offset) {
        TopicPartition place = new TopicPartition(Topics.IMAGES_RAW, partition);
        if (!partitions.contains(place)) {
            return Optional.empty();
        }
        List<TopicPartition> one = List.of(place);
        long first = consumer.beginningOffsets(one).get(place);
        long end = consumer.endOffsets(one).get(place);
        if (offset < first || offset >= end) {
            return Optional.empty();
        }
        consumer.assign(one);
        consumer.seek(place, offset);
        while (consumer.position(place) <= offset) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                return record.offset() == offset ? Optional.of(record) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
