package io.maestream.trainer.group;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether this trainer is the active one of its run: it is while the group has given it partitions.
 */
public final class Ownership implements ConsumerRebalanceListener {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private boolean lost;

    public Ownership(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Polls until the group makes this trainer the active one.
     *
     * @param whileWaiting called at every poll that brought no partitions
     * @return its partitions, paused; empty if {@code stop} came first
     */
    public Set<TopicPartition> await(BooleanSupplier stop, Runnable whileWaiting) {
        lost = false;
        while (consumer.assignment().isEmpty() && !stop.getAsBoolean()) {
            consumer.poll(POLL);
            if (consumer.assignment().isEmpty()) {
                whileWaiting.run();
            }
        }
        return Set.copyOf(consumer.assignment());
    }

    /**
     * Call after every poll.
     *
     * @throws OwnershipLostException if partitions went away since {@link #await}
     */
    public void requireHeld() {
        if (lost) {
            throw new OwnershipLostException(
                    "the group took this trainer's partitions away; it goes back to standing by");
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Nothing is fetched before the run is restored and its offsets are set.
        consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        lost |= !partitions.isEmpty();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        lost |= !partitions.isEmpty();
    }
}
