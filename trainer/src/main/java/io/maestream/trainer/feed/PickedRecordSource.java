package io.maestream.trainer.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records that a run took, in the order in which it took them: each partition from its first
 * offset on, around the gaps, and one partition after the other as they were picked.
 */
public final class PickedRecordSource implements RecordSource {

    /** A partition that has so many records ahead waits for the others. */
    private static final int AHEAD = 512;

    private static final int PIECE = 256;

    private final Consumer<String, byte[]> consumer;
    private final Taken taken;
    private final Deque<Interleaving.Run> picks;
    private final Map<PartitionId, Deque<StreamRecord>> fetched = new HashMap<>();
    private final Map<TopicPartition, Long> ends;

    /**
     * What was taken.
     *
     * @param from per partition, the first offset that may be taken
     * @param gaps what was passed over
     * @param picks the order of partitions
     */
    public record Taken(
            SortedMap<PartitionId, Long> from, List<Gap> gaps, List<Interleaving.Run> picks) {

        /** Where each partition is read from: its first offset, or the end of a gap there. */
        public SortedMap<PartitionId, Long> start() {
            SortedMap<PartitionId, Long> start = new TreeMap<>();
            from.forEach(
                    (partition, offset) -> start.put(partition, behindGaps(partition, offset)));
            return start;
        }

        private long behindGaps(PartitionId partition, long offset) {
            Optional<Gap> gap =
                    gaps.stream().filter(one -> one.contains(partition, offset)).findFirst();
            return gap.isPresent() ? behindGaps(partition, gap.get().until()) : offset;
        }
    }

    /**
     * @param consumer a read_committed one, without a group; it is assigned and set here
     * @throws RecordsGoneException if the log no longer begins where a partition does
     */
    public PickedRecordSource(Consumer<String, byte[]> consumer, Taken taken) {
        this.consumer = consumer;
        this.taken = taken;
        this.picks = new ArrayDeque<>(taken.picks());
        SortedMap<PartitionId, Long> start = taken.start();
        taken.picks().forEach(run -> fetched.put(run.partition(), new ArrayDeque<>()));
        List<TopicPartition> partitions =
                fetched.keySet().stream().map(PickedRecordSource::kafka).toList();
        consumer.assign(partitions);
        requireBegin(start, consumer.beginningOffsets(partitions));
        ends = consumer.endOffsets(partitions);
        fetched.keySet().forEach(id -> consumer.seek(kafka(id), start.getOrDefault(id, 0L)));
    }

    @Override
    public List<StreamRecord> poll(boolean wanted, Duration patience) {
        if (!wanted || picks.isEmpty()) {
            return List.of();
        }
        fetch(patience);
        List<StreamRecord> polled = new ArrayList<>();
        while (polled.size() < PIECE && !picks.isEmpty()) {
            StreamRecord next = fetched.get(picks.peek().partition()).poll();
            if (next == null) {
                requireMore(picks.peek().partition());
                break;
            }
            polled.add(next);
            takePick();
        }
        return polled;
    }

    /** Records that are still to be picked. */
    @Override
    public long lag() {
        return picks.stream().mapToLong(Interleaving.Run::count).sum();
    }

    private void takePick() {
        Interleaving.Run run = picks.poll();
        if (run.count() > 1) {
            picks.addFirst(new Interleaving.Run(run.partition(), run.count() - 1));
        }
    }

    private void fetch(Duration patience) {
        Collection<TopicPartition> ahead = new ArrayList<>();
        fetched.forEach(
                (id, records) -> {
                    passGap(id);
                    if (records.size() >= AHEAD) {
                        ahead.add(kafka(id));
                    }
                });
        consumer.resume(consumer.paused());
        consumer.pause(ahead);
        boolean atHand = !fetched.get(picks.peek().partition()).isEmpty();
        for (ConsumerRecord<String, byte[]> record :
                consumer.poll(atHand ? Duration.ZERO : patience)) {
            PartitionId id = new PartitionId(record.topic(), record.partition());
            if (taken.behindGaps(id, record.offset()) == record.offset()) {
                RecordRef ref = new RecordRef(id, record.offset(), 0);
                fetched.get(id).add(new StreamRecord(ref, record.value()));
            }
        }
    }

    private void passGap(PartitionId id) {
        long position = consumer.position(kafka(id));
        long behind = taken.behindGaps(id, position);
        if (behind > position) {
            consumer.seek(kafka(id), behind);
        }
    }

    private void requireMore(PartitionId id) {
        if (consumer.position(kafka(id)) >= ends.get(kafka(id))) {
            throw new RecordsGoneException(
                    "%s ends at offset %d, before all records that were taken from it"
                            .formatted(id, ends.get(kafka(id))));
        }
    }

    private void requireBegin(
            SortedMap<PartitionId, Long> start, Map<TopicPartition, Long> beginnings) {
        beginnings.forEach(
                (partition, begin) -> {
                    PartitionId id = new PartitionId(partition.topic(), partition.partition());
                    long wanted = start.getOrDefault(id, 0L);
                    if (wanted < begin) {
                        throw new RecordsGoneException(
                                ("%s begins at offset %d: the records from %d on are past"
                                                + " retention")
                                        .formatted(id, begin, wanted));
                    }
                });
    }

    private static TopicPartition kafka(PartitionId id) {
        return new TopicPartition(id.topic(), id.partition());
    }
}
