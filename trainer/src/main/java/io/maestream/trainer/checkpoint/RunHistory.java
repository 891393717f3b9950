package io.maestream.trainer.checkpoint;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The committed checkpoints of a run, read from the events topic. */
public final class RunHistory {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, CheckpointCommitted> consumer;
    private final List<CheckpointCommitted> events = new ArrayList<>();
    private List<TopicPartition> partitions = List.of();

    /**
     * @param consumer a read_committed one, without a subscription
     */
    public RunHistory(Consumer<String, CheckpointCommitted> consumer) {
        this.consumer = consumer;
    }

    /** All events of the run up to now, oldest first. Called again, it reads only the new ones. */
    public List<CheckpointCommitted> committed(String runId) {
        if (partitions.isEmpty()) {
            assign();
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!remaining(ends).isEmpty()) {
            consumer.poll(POLL).forEach(received -> events.add(received.value()));
        }
        return events.stream().filter(event -> runId.equals(event.getRunId())).toList();
    }

    private void assign() {
        partitions =
                consumer.partitionsFor(Topics.CHECKPOINTS).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private Map<TopicPartition, Long> remaining(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) < end.getValue())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
