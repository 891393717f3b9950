package io.maestream.trainer.group;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** The trainer's place in its group, as a commit needs it. */
public interface Membership {

    /** Member and generation now; a commit with those of an older generation is refused. */
    ConsumerGroupMetadata metadata();

    /**
     * Takes part in what the group does while no steps are made; takes no records.
     *
     * @throws OwnershipLostException if the partitions went away
     */
    void keepAlive();

    /** That of a consumer. */
    static Membership of(Consumer<String, byte[]> consumer, Ownership ownership) {
        return new Membership() {
            @Override
            public ConsumerGroupMetadata metadata() {
                return consumer.groupMetadata();
            }

            @Override
            public void keepAlive() {
                consumer.pause(consumer.assignment());
                consumer.poll(Duration.ZERO);
                ownership.requireHeld();
            }
        };
    }
}
