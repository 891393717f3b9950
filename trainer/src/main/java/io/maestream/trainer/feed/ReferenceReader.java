package io.maestream.trainer.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads buffered and remembered records again from the log, all partitions at once. A record that
 * the log no longer holds is left out; the caller sees it by what is missing.
 */
public final class ReferenceReader {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long SKIP_OVER = 256;

    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, NavigableSet<Long>> wanted = new HashMap<>();
    private final Map<TopicPartition, Map<Long, byte[]>> found = new HashMap<>();

    /**
     * @param consumer a read_committed one, without a subscription
     */
    public ReferenceReader(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The records that a feed's state refers to, each list in its order. */
    public Reread read(FeedState state) {
        wanted.clear();
        found.clear();
        for (RecordRef ref : state.references()) {
            wanted.computeIfAbsent(kafka(ref), partition -> new TreeSet<>()).add(ref.offset());
        }
        leaveOutWhatIsGone();
        readAll();
        return new Reread(records(state.buffer()), records(state.memory().records()));
    }

    private void leaveOutWhatIsGone() {
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(wanted.keySet());
        Map<TopicPartition, Long> end = consumer.endOffsets(wanted.keySet());
        wanted.forEach(
                (partition, offsets) -> {
                    offsets.headSet(begin.get(partition)).clear();
                    offsets.tailSet(end.get(partition)).clear();
                });
        wanted.values().removeIf(NavigableSet::isEmpty);
    }

    private void readAll() {
        consumer.assign(wanted.keySet());
        wanted.forEach((partition, offsets) -> consumer.seek(partition, offsets.first()));
        while (!wanted.isEmpty()) {
            for (ConsumerRecord<String, byte[]> received : consumer.poll(POLL)) {
                take(received);
            }
            wanted.entrySet().removeIf(one -> isDone(one.getKey(), one.getValue()));
        }
    }

    private void take(ConsumerRecord<String, byte[]> received) {
        TopicPartition partition = new TopicPartition(received.topic(), received.partition());
        NavigableSet<Long> offsets = wanted.get(partition);
        if (offsets != null && offsets.contains(received.offset())) {
            found.computeIfAbsent(partition, key -> new HashMap<>())
                    .put(received.offset(), received.value());
        }
    }

    /** The memory's records lie far apart: what lies between is not worth reading. */
    private boolean isDone(TopicPartition partition, NavigableSet<Long> offsets) {
        long position = consumer.position(partition);
        Long next = offsets.ceiling(position);
        if (next == null) {
            consumer.pause(List.of(partition));
        } else if (next - position > SKIP_OVER) {
            consumer.seek(partition, next);
        }
        return next == null;
    }

    private List<StreamRecord> records(List<RecordRef> references) {
        List<StreamRecord> records = new ArrayList<>();
        for (RecordRef ref : references) {
            Map<Long, byte[]> values = found.getOrDefault(kafka(ref), Map.of());
            if (values.containsKey(ref.offset())) {
                records.add(new StreamRecord(ref, values.get(ref.offset())));
            }
        }
        return records;
    }

    private static TopicPartition kafka(RecordRef ref) {
        return new TopicPartition(ref.partition().topic(), ref.partition().partition());
    }
}
