package io.maestream.trainer.checkpoint;

import io.maestream.trainer.group.Membership;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;

/** A membership in which nothing happens. */
final class StaticMembership implements Membership {

    private int asked;

    @Override
    public ConsumerGroupMetadata metadata() {
        asked++;
        return new MockConsumer<String, byte[]>("earliest").groupMetadata();
    }

    @Override
    public void keepAlive() {}

    /** How often metadata were fetched. */
    int asked() {
        return asked;
    }
}
