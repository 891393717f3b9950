package io.maestream.app.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.ingest.payload.Sha256;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed in mid-stream. */
class KilledPreparationIT {

    private static final int IMAGES = 6000;
    private static final int BAD_EVERY = 50;
    private static final int PARTITIONS = 2;

    @TempDir Path root;

    @Test
    void shouldPrepareOrRejectEveryImageOnceWhenKilledInMidStream() throws Exception {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(root.resolve("broker"), 0, 64 << 20))
                        .start()) {
            TopicSettings topics =
                    new TopicSettings(PARTITIONS, (short) -1, 1 << 20, -1, Duration.ofDays(1));
            KafkaClients clients =
                    new KafkaClients(KafkaSettings.of(broker.bootstrapServers()), topics);
            try (var admin = clients.admin()) {
                Topics.create(admin, topics);
            }
            // Given images whose bytes preparation keeps, and bad ones among them
            List<String> good = new ArrayList<>();
            List<String> bad = new ArrayList<>();
            publish(clients, good, bad);
            List<String> prepared = new ArrayList<>();
            List<String> rejected = new ArrayList<>();
            try (var outputs = new Outputs(clients, prepared, rejected);
                    var other = start(broker, "other")) {
                // When one of two instances is killed twice while it works
                for (int limit : new int[] {IMAGES / 8}) {
                    try (var instance = start(broker, "killed")) {
                        outputs.awaitAtLeast(limit);
                        assertThat(instance.isAlive()).isTrue();
                    }
                }
                assertThat(prepared.size() + rejected.size()).isLessThan(IMAGES);
                try (var again = start(broker, "killed")) {
                    outputs.awaitAtLeast(IMAGES);
                    assertThat(again.isAlive()).isTrue();
                    assertThat(other.isAlive()).isTrue();
                    outputs.drain();
                }
            }

            // Then every one came out once
            assertThat(prepared).containsExactlyInAnyOrderElementsOf(good);
            assertThat(rejected).containsExactlyInAnyOrderElementsOf(bad);
        }
    }

    private PreparationProcess start(EmbeddedBroker broker, String name) throws IOException {
        return PreparationProcess.start(broker.bootstrapServers(), root.resolve(name));
    }

    private static void publish(KafkaClients clients, List<String> good, List<String> bad)
            throws IOException {
        byte[] picture = picture();
        try (var producer =
                clients.producer(AvroSerde.serializer(RawImage.class), KafkaClients.UNCOMPRESSED)) {
            for (int i = 0; i < IMAGES; i++) {
                byte[] bytes = numbered(picture, i);
                if (i % BAD_EVERY == 0) {
                    bytes = Arrays.copyOf(bytes, 400 + i / BAD_EVERY);
                    bad.add("image-" + i);
                } else {
                    good.add(Sha256.of(bytes));
                }
                producer.send(record(i, bytes));
            }
        }
    }

    private static ProducerRecord<String, RawImage> record(int number, byte[] bytes) {
        String source = "camera-" + number % PARTITIONS;
        RawImage image =
                RawImage.newBuilder()
                        .setImageId("image-" + number)
                        .setSourceId(source)
                        .setSequence(number)
                        .setCapturedAt(Instant.EPOCH)
                        .setPayload(ByteBuffer.wrap(bytes))
                        .build();
        return new ProducerRecord<>(Topics.IMAGES_RAW, number % PARTITIONS, source, image);
    }

    /** What follows the end of an image changes its digest and nothing else. */
    private static byte[] numbered(byte[] picture, int number) {
        return ByteBuffer.allocate(picture.length + 4).put(picture).putInt(number).array();
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        Random random = new Random(5);
        for (int i = 0; i < 400; i++) {
            brush.setColor(new Color(random.nextInt(0x1000000)));
            brush.fillRect(random.nextInt(256), random.nextInt(256), 20, 20);
        }
        brush.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    /** Reads both output topics, committed records only. */
    private static final class Outputs implements AutoCloseable {

        private final Consumer<String, PreparedImage> preparedImages;
        private final Consumer<String, RejectedImage> rejectedImages;
        private final List<String> prepared;
        private final List<String> rejected;

        Outputs(KafkaClients clients, List<String> prepared, List<String> rejected) {
            this.prepared = prepared;
            this.rejected = rejected;
            preparedImages =
                    clients.consumer(
                            AvroSerde.deserializer(PreparedImage.class),
                            Map.of("group.id", "counting-prepared"));
            preparedImages.subscribe(List.of(Topics.IMAGES_PREPARED));
            rejectedImages =
                    clients.consumer(
                            AvroSerde.deserializer(RejectedImage.class),
                            Map.of("group.id", "counting-rejected"));
            rejectedImages.subscribe(List.of(Topics.IMAGES_REJECTED));
        }

        void awaitAtLeast(int count) {
            await("so many images on both topics")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> {
                                drain();
                                return prepared.size() + rejected.size() >= count;
                            });
        }

        void drain() {
            poll(preparedImages, prepared, KilledPreparationIT::digest);
            poll(rejectedImages, rejected, RejectedImage::getImageId);
        }

        @Override
        public void close() {
            preparedImages.close();
            rejectedImages.close();
        }

        private static <T extends SpecificRecord> void poll(
                Consumer<String, T> consumer, List<String> into, Function<T, String> text) {
            consumer.poll(Duration.ofMillis(20))
                    .forEach(record -> into.add(text.apply(record.value())));
        }
    }

    private static String digest(PreparedImage image) {
        byte[] bytes = new byte[image.getPayload().remaining()];
        image.getPayload().duplicate().get(bytes);
        return Sha256.of(bytes);
    }
}
