package io.maestream.trainer.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads buffered records again from the log. A record that the log no longer holds is left out; the
 * caller sees it by the count.
 */
public final class ReferenceReader {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;

    /**
     * @param consumer a read_committed one, without a subscription
     */
    public ReferenceReader(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The records of these references, in their order. */
    public List<StreamRecord> read(List<RecordRef> references) {
        Map<PartitionId, NavigableSet<Long>> wanted = new TreeMap<>();
        for (RecordRef ref : references) {
            wanted.computeIfAbsent(ref.partition(), partition -> new TreeSet<>()).add(ref.offset());
        }
        Map<PartitionId, Map<Long, byte[]>> found = new HashMap<>();
        wanted.forEach(
                (partition, offsets) -> found.put(partition, readPartition(partition, offsets)));
        List<StreamRecord> records = new ArrayList<>();
        for (RecordRef ref : references) {
            byte[] value = found.get(ref.partition()).get(ref.offset());
            if (value != null) {
                records.add(new StreamRecord(ref, value));
            }
        }
        return records;
    }

    private Map<Long, byte[]> readPartition(PartitionId id, NavigableSet<Long> offsets) {
        TopicPartition partition = new TopicPartition(id.topic(), id.partition());
        consumer.assign(List.of(partition));
        long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        Map<Long, byte[]> found = new HashMap<>();
        Long first = offsets.ceiling(begin);
        long last = Math.min(offsets.last(), end - 1);
        if (first == null || first > last) {
            return found;
        }
        consumer.seek(partition, first);
        while (consumer.position(partition) <= last) {
            for (ConsumerRecord<String, byte[]> received : consumer.poll(POLL)) {
                if (offsets.contains(received.offset())) {
                    found.put(received.offset(), received.value());
                }
            }
        }
        return found;
    }
}
