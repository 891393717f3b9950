package io.maestream.follower.follow;

import io.maestream.schemas.CheckpointCommitted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A topic of events in order, from where its group last committed, or from the beginning. The
 * partitions are assigned, not subscribed to: whoever comes last takes them all, and a long pause
 * between two polls costs nothing.
 */
final class EventCursor implements AutoCloseable {

    private final Consumer<String, CheckpointCommitted> consumer;
    private final String topic;
    private final FollowObserver observer;
    private final Deque<ConsumerRecord<String, CheckpointCommitted>> waiting = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetAndMetadata> passed = new HashMap<>();
    private Map<TopicPartition, Long> ends = Map.of();

    EventCursor(
            Consumer<String, CheckpointCommitted> consumer, String topic, FollowObserver observer) {
        this.consumer = consumer;
        this.topic = topic;
        this.observer = observer;
    }

    /**
     * Goes to where the group is, and notes where the topic ends now.
     *
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     */
    void start() {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException("Topic " + topic + " does not exist");
        }
        Set<TopicPartition> partitions =
                found.stream()
                        .map(p -> new TopicPartition(topic, p.partition()))
                        .collect(Collectors.toSet());
        consumer.assign(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata place = committed.get(partition);
            if (place == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, place.offset());
            }
        }
        ends = consumer.endOffsets(partitions);
    }

    /** The next event; waits at most so long for one, and for none after {@link #wakeup()}. */
    Optional<CheckpointCommitted> next(Duration patience) {
        if (waiting.isEmpty()) {
            poll(patience);
        }
        ConsumerRecord<String, CheckpointCommitted> record = waiting.poll();
        if (record == null) {
            return Optional.empty();
        }
        passed.put(
                new TopicPartition(record.topic(), record.partition()),
                new OffsetAndMetadata(record.offset() + 1));
        return Optional.ofNullable(record.value());
    }

    /** Whether every record was handed over that was there at the start. */
    boolean isPastStart() {
        return isPast(ends);
    }

    /** Whether every record was handed over that is there now. */
    boolean isAtEnd() {
        return isPast(consumer.endOffsets(consumer.assignment()));
    }

    /** Where the group is once all that was handed over counts as done. */
    Map<TopicPartition, OffsetAndMetadata> passed() {
        return Map.copyOf(passed);
    }

    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** Ends a wait; the only method for other threads. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean isPast(Map<TopicPartition, Long> ends) {
        return waiting.isEmpty()
                && ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void poll(Duration patience) {
        try {
            consumer.poll(patience).forEach(waiting::add);
        } catch (RecordDeserializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            observer.unreadable(
                    "%s offset %d".formatted(e.topicPartition(), e.offset()), cause.getMessage());
            consumer.seek(e.topicPartition(), e.offset() + 1);
        } catch (WakeupException e) {
            // Somebody wants it to stop, and asks for no more.
            return;
        }
    }
}
