package io.maestream.app.ingest;

import io.maestream.schemas.RawImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What is on {@code images.raw} of a broker. */
final class RawTopic {

    private final KafkaClients clients;

    RawTopic(String bootstrap) {
        clients = new KafkaClients(KafkaSettings.of(bootstrap), TopicSettings.defaults());
    }

    KafkaClients clients() {
        return clients;
    }

    void create() {
        try (Admin admin = clients.admin()) {
            Topics.create(admin, TopicSettings.defaults());
        }
    }

    long size() {
        try (Consumer<String, RawImage> consumer = consumer()) {
            return end(consumer);
        }
    }

    /** Every record from the beginning to the present end. */
    List<RawImage> all() {
        List<RawImage> all = new ArrayList<>();
        try (Consumer<String, RawImage> consumer = consumer()) {
            long end = end(consumer);
            consumer.assign(List.of(partition()));
            consumer.seekToBeginning(List.of(partition()));
            while (consumer.position(partition()) < end) {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> all.add(record.value()));
            }
        }
        return all;
    }

    private Consumer<String, RawImage> consumer() {
        return clients.consumer(AvroSerde.deserializer(RawImage.class), Map.of());
    }

    private static long end(Consumer<String, RawImage> consumer) {
        return consumer.endOffsets(List.of(partition())).get(partition());
    }

    private static TopicPartition partition() {
        return new TopicPartition(Topics.IMAGES_RAW, 0);
    }
}
