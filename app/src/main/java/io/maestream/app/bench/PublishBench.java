package io.maestream.app.bench;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.publish.ImagePublisher;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.publish.PublishSettings;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Our publisher against a bare producer of the same configuration that sends as many bytes and does
 * nothing else: no record, no digest, no bound, no account. The broker runs in this process.
 */
public final class PublishBench implements AutoCloseable {
    private static final int MESSAGE_BYTES = 64 << 20;
    private static final int IN_FLIGHT_BYTES = 32 << 20;
    private static final int DIFFERENT = 64;
    private static final double SECOND = 1e9;
    private static final String SOURCE = "bench";

    private final EmbeddedBroker broker;
    private final KafkaClients clients;
    private final TopicSettings topics;
    private final List<byte[]> payloads = new ArrayList<>();

    /**
     * Starts a broker.
     *
     * @param directory for the broker's data; the caller's to delete
     * @param imageBytes size of each image
     */
    public PublishBench(Path directory, TopicSettings topics, int imageBytes) {
        this.topics = topics;
        this.broker = new EmbeddedBroker(new BrokerSettings(directory, 0, MESSAGE_BYTES)).start();
        this.clients = new KafkaClients(KafkaSettings.of(broker.bootstrapServers()), topics);
        try (Admin admin = clients.admin()) {
            Topics.create(admin, topics);
        }
        Random random = new Random(1);
        for (int i = 0; i < DIFFERENT; i++) {
            byte[] payload = new byte[imageBytes];
            random.nextBytes(payload);
            payloads.add(payload);
        }
    }

    /** Images per second of our publisher over so many images, all acknowledged. */
    public double ours(int images) throws InterruptedException {
        PublishSettings settings =
                new PublishSettings(
                        PayloadSettings.inline(topics.maxImageBytes()), IN_FLIGHT_BYTES);
        try (ImagePublisher publisher =
                new ImagePublisher(clients, settings, PublishObserver.NONE)) {
            publisher.publish(image(0));
            publisher.flush();
            long began = System.nanoTime();
            for (int i = 1; i <= images; i++) {
                publisher.publish(image(i));
            }
            publisher.flush();
            return images * SECOND / (System.nanoTime() - began);
        }
    }

    /** Images per second of the bare producer, the same way. */
    public double bare(int images) {
        AtomicReference<Exception> failed = new AtomicReference<>();
        try (Producer<String, byte[]> producer =
                clients.producer(new ByteArraySerializer(), KafkaClients.UNCOMPRESSED)) {
            producer.send(bareRecord(0));
            producer.flush();
            long began = System.nanoTime();
            for (int i = 1; i <= images; i++) {
                producer.send(
                        bareRecord(i),
                        (sent, error) -> {
                            if (error != null) {
                                failed.set(error);
                            }
                        });
            }
            producer.flush();
            double rate = images * SECOND / (System.nanoTime() - began);
            if (failed.get() != null) {
                throw new IllegalStateException("the broker refused", failed.get());
            }
            return rate;
        }
    }

    @Override
    public void close() {
        broker.close();
    }

    private SourceImage image(int number) {
        byte[] bytes = payloads.get(number % DIFFERENT);
        return new SourceImage(
                SOURCE, "i" + number, number, Instant.EPOCH, bytes, bytes.length, "bench");
    }

    private ProducerRecord<String, byte[]> bareRecord(int number) {
        return new ProducerRecord<>(Topics.IMAGES_RAW, SOURCE, payloads.get(number % DIFFERENT));
    }
}
