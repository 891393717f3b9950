package io.maestream.trainer.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records from a Kafka consumer. While nothing is wanted the partitions are paused and polling goes
 * on, so a slow trainer keeps its group membership.
 */
public final class ConsumerRecordSource implements RecordSource {

    private static final long NANOS_BETWEEN_LAGS = 1_000_000_000L;

    private final Consumer<String, byte[]> consumer;
    private final LagPolicy policy;
    private final StreamWatcher watcher;
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<TopicPartition, PartitionId> partitions = new HashMap<>();
    private boolean begun;
    private long lagsTold;

    /**
     * @param consumer assigned and set to where reading begins
     * @param policy which waiting records are passed over
     * @param watcher told what comes
     */
    public ConsumerRecordSource(
            Consumer<String, byte[]> consumer, LagPolicy policy, StreamWatcher watcher) {
        this.consumer = consumer;
        this.policy = policy;
        this.watcher = watcher;
        this.lagsTold = System.nanoTime() - NANOS_BETWEEN_LAGS;
    }

    @Override
    public List<StreamRecord> poll(boolean wanted, Duration patience) {
        setPaused(!wanted);
        if (wanted) {
            passOver();
        }
        List<StreamRecord> records = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> received :
                consumer.poll(wanted ? patience : Duration.ZERO)) {
            PartitionId partition =
                    partitionId(new TopicPartition(received.topic(), received.partition()));
            StreamRecord record =
                    new StreamRecord(
                            new RecordRef(partition, received.offset(), 0), received.value());
            watcher.arrived(received.key(), record);
            records.add(record);
        }
        tellLags();
        return records;
    }

    private void tellLags() {
        long now = System.nanoTime();
        if (now - lagsTold >= NANOS_BETWEEN_LAGS) {
            lagsTold = now;
            watcher.waiting(waiting());
        }
    }

    @Override
    public long lag() {
        long sum = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isEmpty()) {
                return -1;
            }
            sum += lag.getAsLong();
        }
        return sum;
    }

    @Override
    public List<Gap> passedOver() {
        List<Gap> since = List.copyOf(gaps);
        gaps.clear();
        return since;
    }

    private void passOver() {
        Map<PartitionId, Long> waiting = begun ? waiting() : waitingAtTheBeginning();
        begun = true;
        policy.passOver(waiting)
                .forEach(
                        (id, records) -> {
                            TopicPartition partition =
                                    new TopicPartition(id.topic(), id.partition());
                            long from = consumer.position(partition);
                            consumer.seek(partition, from + records);
                            gaps.add(new Gap(id, from, from + records));
                        });
    }

    /** Nothing is fetched yet, so the broker has to be asked. */
    private Map<PartitionId, Long> waitingAtTheBeginning() {
        Map<PartitionId, Long> waiting = new TreeMap<>();
        consumer.endOffsets(consumer.assignment())
                .forEach(
                        (partition, end) ->
                                waiting.put(
                                        partitionId(partition),
                                        end - consumer.position(partition)));
        return waiting;
    }

    /** Empty while the lag of a partition is not known: then nothing is decided. */
    private Map<PartitionId, Long> waiting() {
        Map<PartitionId, Long> waiting = new TreeMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong lag = consumer.currentLag(partition);
            if (lag.isEmpty()) {
                return Map.of();
            }
            waiting.put(partitionId(partition), lag.getAsLong());
        }
        return waiting;
    }

    private void setPaused(boolean pause) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (pause) {
            consumer.pause(assigned);
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(assigned);
        }
    }

    private PartitionId partitionId(TopicPartition partition) {
        return partitions.computeIfAbsent(
                partition, key -> new PartitionId(key.topic(), key.partition()));
    }
}
