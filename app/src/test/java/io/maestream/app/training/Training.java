package io.maestream.app.training;

import io.maestream.checkpoints.CheckpointStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.TrainerParts;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.checkpoint.RunHistory;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.report.TrainingObserver;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A small model's training on a broker, for tests. */
public final class Training {

    static final int BATCH = 4;

    private Training() {}

    public static KafkaClients clients(String bootstrap) {
        return new KafkaClients(KafkaSettings.of(bootstrap), TopicSettings.defaults());
    }

    /** Clients whose group notices a dead member within two seconds. */
    public static KafkaClients alertClients(String bootstrap) {
        return new KafkaClients(
                new KafkaSettings(
                        Map.of("bootstrap.servers", bootstrap),
                        Map.of("session.timeout.ms", "2000", "heartbeat.interval.ms", "500"),
                        Map.of(),
                        Map.of()),
                TopicSettings.defaults());
    }

    static void createTopics(KafkaClients clients) {
        createTopics(clients, Map.of());
    }

    static void createTopics(KafkaClients clients, int partitions) {
        createTopics(clients, Map.of("topics.image.partitions", "" + partitions));
    }

    /** Creates all topics with these settings. */
    public static void createTopics(KafkaClients clients, Map<String, String> keys) {
        try (var admin = clients.admin()) {
            Topics.create(admin, TopicSettings.from(TopicSettings.definition().parse(keys)));
        }
    }

    /** Settings of a model that makes a hundred steps a second. */
    public static TrainerSettings settings(String run, Path directory, Map<String, String> more) {
        return TrainerSettings.from(TrainerSettings.definition().parse(keys(run, directory, more)));
    }

    /** The same, as keys. */
    public static Map<String, String> keys(String run, Path directory, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>();
        keys.put("run.id", run);
        keys.put("model.image.size", "16");
        keys.put("model.patch.size", "4");
        keys.put("model.encoder", "16x1x2");
        keys.put("model.decoder", "16x1x2");
        keys.put("train.batch.size", "" + BATCH);
        keys.put("train.precision", "fp32");
        keys.put("feed.buffer.start", "8");
        keys.put("feed.buffer.images", "24");
        keys.put("checkpoint.every.seconds", "0");
        keys.put("checkpoint.dir", directory.toString());
        keys.put("panel.every.seconds", "0");
        keys.put("train.replay.policy", "reservoir");
        keys.put("train.replay.share", "0.25");
        keys.put("train.replay.capacity", "16");
        keys.putAll(more);
        return keys;
    }

    static TrainerService service(
            TrainerSettings settings, KafkaClients clients, CheckpointStore store) {
        return service(settings, clients, store, new TrainingObserver() {});
    }

    /** The same, telling an observer what it does. */
    public static TrainerService service(
            TrainerSettings settings,
            KafkaClients clients,
            CheckpointStore store,
            TrainingObserver observer) {
        return new TrainerService(
                new TrainerParts(settings, clients, store, List.of(observer), Clock.systemUTC()));
    }

    /** The run's committed events, oldest first. */
    public static List<CheckpointCommitted> committed(KafkaClients clients, String run) {
        try (var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of())) {
            return new RunHistory(consumer).committed(run);
        }
    }

    /** Publishes pictures that differ, numbered from {@code first}. */
    static void publish(KafkaClients clients, int first, int count) {
        publish(clients, first, count, 1);
    }

    /** The same, from several cameras. */
    public static void publish(KafkaClients clients, int first, int count, int cameras) {
        try (Producer<String, PreparedImage> producer =
                clients.producer(
                        AvroSerde.serializer(PreparedImage.class), KafkaClients.UNCOMPRESSED)) {
            for (int i = first; i < first + count; i++) {
                producer.send(record(i, i % cameras));
            }
            producer.flush();
        }
    }

    /** A picture as a record. */
    public static ProducerRecord<String, PreparedImage> record(int number, int camera) {
        return new ProducerRecord<>(Topics.IMAGES_PREPARED, "camera-" + camera, prepared(number));
    }

    private static PreparedImage prepared(int number) {
        return PreparedImage.newBuilder()
                .setImageId("image-" + number)
                .setSourceId("camera")
                .setSequence(number)
                .setCapturedAt(Instant.EPOCH)
                .setWidth(32)
                .setHeight(24)
                .setChannels(3)
                .setFormat("png")
                .setPayload(ByteBuffer.wrap(png(number)))
                .setRawPartition(0)
                .setRawOffset(number)
                .build();
    }

    private static byte[] png(int number) {
        BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(number * 0.137f, 0.7f, 0.9f));
        graphics.fillRect(0, 0, 32, 24);
        graphics.setColor(Color.getHSBColor(number * 0.311f, 0.9f, 0.5f));
        graphics.fillOval(number * 7 % 32, number * 5 % 24, 11, 9);
        graphics.dispose();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
