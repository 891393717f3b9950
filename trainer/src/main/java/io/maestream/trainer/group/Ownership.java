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
    private boolean member;
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
        consumer.pause(consumer.assignment());
        lost = false;
        while (consumer.assignment().isEmpty() && !stop.getAsBoolean()) {
            consumer.poll(POLL);
            if (consumer.assignment().isEmpty()) {
                whileWaiting.run();
            }
        }
        return Set.copyOf(consumer.assignment());
    }

    /** Whether the group has decided since this trainer last joined it. */
    public boolean isMember() {
        return member;
    }

    /**
     * Has the group decide anew; whoever holds partitions by its own account keeps them.
     *
     * @return whether this trainer is the active one; false if {@code stop} came first
     */
    public boolean confirm(BooleanSupplier stop) {
        member = false;
        consumer.pause(consumer.assignment());
        consumer.enforceRebalance("a trainer of the run may have been replaced");
        while (!member && !stop.getAsBoolean()) {
            consumer.poll(POLL);
        }
        return member && !consumer.assignment().isEmpty();
    }

    /**
     * Call after every poll.
     *
     * @throws OwnershipLostException if partitions went away since {@link #await}
     */
    public void requireHeld() {
        if (lost) {
            throw new OwnershipLostException(
                    "the group took the partitions of this trainer away: nothing more is committed");
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Called after every decision of the group, also when it gave nothing new.
        member = true;
        // Nothing is fetched before the run is restored and its offsets are set.
        consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        lost |= !partitions.isEmpty();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        member = false;
        lost |= !partitions.isEmpty();
    }
}
