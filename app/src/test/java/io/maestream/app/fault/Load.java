package io.maestream.app.fault;

import io.maestream.app.training.Training;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/** Images that keep coming, also while brokers are away. */
final class Load implements AutoCloseable {

    private final Producer<String, PreparedImage> producer;
    private final ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();
    private int number;

    private Load(Producer<String, PreparedImage> producer) {
        this.producer = producer;
    }

    /** One image at each interval, on one partition. */
    static Load every(Duration interval, KafkaClients clients) {
        Load load =
                new Load(
                        clients.producer(
                                AvroSerde.serializer(PreparedImage.class),
                                KafkaClients.UNCOMPRESSED));
        load.camera.scheduleAtFixedRate(
                () -> load.producer.send(Training.record(load.number++, 0)),
                0,
                interval.toNanos(),
                TimeUnit.NANOSECONDS);
        return load;
    }

    @Override
    public void close() {
        camera.shutdownNow();
        producer.close(Duration.ofSeconds(10));
    }
}
