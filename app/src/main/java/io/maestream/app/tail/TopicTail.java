package io.maestream.app.tail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All partitions of one topic, read in order within each. It joins no group and commits nothing, so
 * any number of onlookers disturb nobody. A record that cannot be read is logged and passed over.
 *
 * <p>One thread reads; {@link #stop()} may be called from any other.
 *
 * @param <V> the records' values
 */
public final class TopicTail<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, V> consumer;
    private final List<TopicPartition> partitions;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * Takes the consumer over and stands at the topic's beginning.
     *
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     */
    public TopicTail(Consumer<String, V> consumer, String topic) {
        this.consumer = consumer;
        this.partitions = partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Passes over everything that is there now; returns once that end is fixed. */
    public TopicTail<V> skipToEnd() {
        consumer.seekToEnd(partitions);
        // Seeking is lazy: without asking, records that arrive before the first poll are lost.
        partitions.forEach(consumer::position);
        return this;
    }

    /** Hands over every record up to the end as it is now, or until stopped. */
    public void readToEnd(java.util.function.Consumer<ConsumerRecord<String, V>> reader) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!stopped.get() && isBefore(ends)) {
            poll(reader);
        }
    }

    /** The same, but also after {@link #stop()}: what was written before is still handed over. */
    public void drain(java.util.function.Consumer<ConsumerRecord<String, V>> reader) {
        stopped.set(false);
        readToEnd(reader);
    }

    /** Hands over records as they arrive, until stopped. */
    public void follow(java.util.function.Consumer<ConsumerRecord<String, V>> reader) {
        while (!stopped.get()) {
            poll(reader);
        }
    }

    /** Waits for the first value of a kind; nothing after this time, or when stopped. */
    public Optional<V> first(Predicate<V> wanted, Duration patience) {
        List<V> found = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (found.isEmpty() && !stopped.get() && System.nanoTime() - deadline < 0) {
            poll(
                    record -> {
                        if (record.value() != null && wanted.test(record.value())) {
                            found.add(record.value());
                        }
                    });
        }
        return found.stream().findFirst();
    }

    /** Makes the reading method return soon. */
    public void stop() {
        stopped.set(true);
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean isBefore(Map<TopicPartition, Long> ends) {
        try {
            return partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p));
        } catch (WakeupException e) {
            return false;
        }
    }

    private void poll(java.util.function.Consumer<ConsumerRecord<String, V>> reader) {
        try {
            ConsumerRecords<String, V> records = consumer.poll(POLL);
            records.forEach(reader);
        } catch (RecordDeserializationException e) {
            LOG.warn(
                    "Passed over an unreadable record: {} offset {}: {}",
                    e.topicPartition(),
                    e.offset(),
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            consumer.seek(e.topicPartition(), e.offset() + 1);
        } catch (WakeupException e) {
            LOG.debug("Woken up to stop");
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            consumer.close();
            throw new UnknownTopicOrPartitionException("Topic " + topic + " does not exist");
        }
        return found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
    }
}
