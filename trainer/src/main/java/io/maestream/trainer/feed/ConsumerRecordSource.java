package io.maestream.trainer.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records from a Kafka consumer. While nothing is wanted the partitions are paused and polling goes
 * on, so a slow trainer keeps its group membership.
 */
public final class ConsumerRecordSource implements RecordSource {

    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, PartitionId> partitions = new HashMap<>();
    private boolean paused;

    public ConsumerRecordSource(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    @Override
    public List<StreamRecord> poll(boolean wanted, Duration patience) {
        setPaused(!wanted);
        List<StreamRecord> records = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> received :
                consumer.poll(wanted ? patience : Duration.ZERO)) {
            PartitionId partition =
                    partitionId(new TopicPartition(received.topic(), received.partition()));
            records.add(
                    new StreamRecord(
                            new RecordRef(partition, received.offset(), 0), received.value()));
        }
        return records;
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

    private void setPaused(boolean pause) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (pause) {
            consumer.pause(assigned);
        } else if (paused) {
            consumer.resume(assigned);
        }
        paused = pause;
    }

    private PartitionId partitionId(TopicPartition partition) {
        return partitions.computeIfAbsent(
                partition, key -> new PartitionId(key.topic(), key.partition()));
    }
}
