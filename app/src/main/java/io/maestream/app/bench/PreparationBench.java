package io.maestream.app.bench;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.ingest.codec.CodecException;
import io.maestream.ingest.codec.Picture;
import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.prepare.PreparationService;
import io.maestream.ingest.prepare.PreparationServiceSettings;
import io.maestream.ingest.prepare.PrepareObserver;
import io.maestream.ingest.prepare.PrepareSettings;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The preparation service as it runs, over a broker in this process, against the picture library's
 * calls alone on the same images. Both are measured in processor time, so that what the broker and
 * other processes take does not count.
 */
public final class PreparationBench {
    private static final int MESSAGE_BYTES = 64 << 20;

    private final Path directory;
    private final TopicSettings topics;
    private final PreparationServiceSettings settings;
    private final ThreadTimes times = new ThreadTimes();
    private final Semaphore done = new Semaphore(0);

    /**
     * Keeps the broker here.
     *
     * @param directory empty, the caller's to delete
     */
    public PreparationBench(
            Path directory, TopicSettings topics, PreparationServiceSettings settings) {
        this.directory = directory;
        this.topics = topics;
        this.settings = settings;
    }

    /** Runs both sides in turn, after a first round of each that does not count. */
    public PreparationReport run(Optional<Path> images, int count, int rounds)
            throws IOException, InterruptedException {
        List<byte[]> files = BenchImages.of(images, count);
        int distinct = BenchImages.distinct(files);
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(directory, 0, MESSAGE_BYTES)).start()) {
            KafkaClients clients =
                    new KafkaClients(KafkaSettings.of(broker.bootstrapServers()), topics);
            try (var admin = clients.admin()) {
                Topics.create(admin, topics);
            }
            List<PreparationReport.Round> measured = new ArrayList<>();
            try (var service =
                            new PreparationService(
                                    clients, settings, new NoPayloadStore(), observer());
                    var producer =
                            clients.producer(
                                    AvroSerde.serializer(RawImage.class),
                                    KafkaClients.UNCOMPRESSED)) {
                service.start();
                for (int round = 0; round <= rounds; round++) {
                    measured.add(round(producer, records(files, distinct, round), files));
                }
            }
            long bytes = files.stream().mapToLong(file -> file.length).sum();
            return new PreparationReport(
                    files.size(), bytes / files.size(), measured.subList(1, measured.size()));
        }
    }

    private PreparationReport.Round round(
            Producer<String, RawImage> producer,
            List<ProducerRecord<String, RawImage>> records,
            List<byte[]> files)
            throws InterruptedException {
        double before = times.own();
        files.forEach(this::alone);
        double alone = times.own() - before;
        double preparing = times.named(settings.applicationId());
        long began = System.nanoTime();
        records.forEach(producer::send);
        producer.flush();
        done.acquire(files.size());
        double seconds = (System.nanoTime() - began) / 1e9;
        double ours = times.named(settings.applicationId()) - preparing;
        int images = files.size();
        return new PreparationReport.Round(images / ours, images / alone, images / seconds);
    }

    /** Each source shows every image once, so that none is a repeat. */
    private static List<ProducerRecord<String, RawImage>> records(
            List<byte[]> files, int distinct, int round) {
        List<ProducerRecord<String, RawImage>> records = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String source = "round-%d-camera-%d".formatted(round, i / distinct);
            RawImage image =
                    RawImage.newBuilder()
                            .setImageId("image-" + i)
                            .setSourceId(source)
                            .setSequence(i)
                            .setCapturedAt(Instant.EPOCH)
                            .setPayload(ByteBuffer.wrap(files.get(i)))
                            .setSha256(Sha256.of(files.get(i)))
                            .build();
            records.add(new ProducerRecord<>(Topics.IMAGES_RAW, source, image));
        }
        return records;
    }

    private void alone(byte[] file) {
        PrepareSettings target = settings.prepare().images();
        try (Picture picture =
                Picture.decode(
                        file, Picture.reduction(BenchImages.longerSide(file), target.maxSide()))) {
            double factor =
                    Math.min(
                            1,
                            (double) target.maxSide()
                                    / Math.max(picture.width(), picture.height()));
            try (Picture small =
                    picture.resized(
                            (int) Math.round(picture.width() * factor),
                            (int) Math.round(picture.height() * factor))) {
                small.jpeg(target.jpegQuality());
            }
        } catch (CodecException e) {
            throw new IllegalStateException("an image that was decoded before cannot be", e);
        }
    }

    private PrepareObserver observer() {
        return new PrepareObserver() {
            @Override
            public void prepared(PreparedImage image, long rawBytes) {
                done.release();
            }

            @Override
            public void rejected(RejectedImage image) {
                throw new IllegalStateException("rejected: " + image.getDetail());
            }
        };
    }
}
