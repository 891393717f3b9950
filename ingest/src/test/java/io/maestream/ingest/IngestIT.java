package io.maestream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.prepare.PreparationService;
import io.maestream.ingest.prepare.PreparationServiceSettings;
import io.maestream.ingest.prepare.PrepareObserver;
import io.maestream.ingest.publish.ImagePublisher;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.publish.PublishSettings;
import io.maestream.ingest.publish.PublishTotals;
import io.maestream.ingest.publish.SourcePump;
import io.maestream.ingest.source.directory.DirectorySettings;
import io.maestream.ingest.source.directory.DirectorySource;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicReport;
import io.maestream.schemas.topic.TopicReport.Difference;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of images, over a real broker: files, topics, publisher, preparation. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IngestIT {

    private static final int MIB = 1024 * 1024;
    private static final TopicSettings TOPICS =
            new TopicSettings(2, (short) -1, 6 * MIB, -1, Duration.ofDays(1));

    @TempDir static Path directory;
    private static TestBroker broker;
    private static KafkaClients clients;

    @BeforeAll
    static void start() throws Exception {
        broker = new TestBroker(Files.createDirectories(directory.resolve("broker")));
        clients = new KafkaClients(KafkaSettings.of(broker.bootstrap()), TOPICS);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    @Order(1)
    void shouldSayWhatIsMissingWhenTopicsDoNotComeInTime() {
        // Given no topics yet
        PreparationService service = service(1, PrepareObserver.NONE);

        // When, Then
        assertThatThrownBy(service::start)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("create the topics first");
        service.close();
    }

    @Test
    @Order(2)
    void shouldCreateOnceAndReportDifferencesWhenTopicsAreCreatedTwice() {
        try (Admin admin = clients.admin()) {
            // When
            TopicReport first = Topics.create(admin, TOPICS);
            TopicReport second = Topics.create(admin, TOPICS);
            TopicReport other =
                    Topics.create(
                            admin, new TopicSettings(3, (short) -1, MIB, -1, Duration.ofDays(1)));

            // Then
            assertThat(first.created()).hasSize(11);
            assertThat(first.differing()).isEmpty();
            assertThat(second.created()).isEmpty();
            assertThat(second.present()).hasSize(11);
            assertThat(second.differing()).isEmpty();
            assertThat(other.differing())
                    .contains(
                            new Difference("images.raw", "partitions", "3", "2"),
                            new Difference(
                                    "images.raw",
                                    "max.message.bytes",
                                    "" + (MIB + 65536),
                                    "" + (6 * MIB + 65536)));
        }
    }

    @Test
    @Order(3)
    void shouldAccountForEveryFileOnceWhenTheServiceIsRestarted() throws Exception {
        // Given good files, bad ones, one of 5 MiB and one over the limit
        Path photos = Files.createDirectories(directory.resolve("photos"));
        for (int i = 0; i < 30; i++) {
            Files.write(photos.resolve("good-" + i + ".jpg"), TestImages.jpeg(40 + 20 * i, 60));
        }
        Files.write(photos.resolve("empty.jpg"), new byte[0]);
        Files.write(photos.resolve("text.png"), "text".getBytes());
        byte[] noise = new byte[5 * MIB];
        new Random(1).nextBytes(noise);
        Files.write(photos.resolve("noise.jpg"), noise);
        Files.write(photos.resolve("over.jpg"), new byte[6 * MIB + 1]);

        // When they are published twice, and the service is replaced between
        PublishTotals totals = publish(photos);
        List<SpecificRecord> first = prepareUntil(33);
        publish(photos);
        List<SpecificRecord> all = prepareUntil(36);

        // Then
        assertThat(totals.images()).isEqualTo(33);
        assertThat(totals.skipped()).isEqualTo(1);
        assertThat(first).hasSize(33);
        assertThat(all).hasSize(36);
        assertThat(all).filteredOn(PreparedImage.class::isInstance).hasSize(30);
        assertThat(all)
                .filteredOn(RejectedImage.class::isInstance)
                .hasSize(6)
                .extracting(record -> ((RejectedImage) record).getImageId())
                .containsOnly("empty.jpg", "text.png", "noise.jpg");
    }

    private static PublishTotals publish(Path photos) throws Exception {
        PublishSettings settings =
                PublishSettings.from(PublishSettings.definition().parse(Map.of()), TOPICS);
        ImagePublisher publisher = new ImagePublisher(clients, settings, PublishObserver.NONE);
        DirectorySource source =
                new DirectorySource(
                        photos, "photos", new DirectorySettings(false, TOPICS.maxImageBytes()));
        return new SourcePump(source, publisher, PublishObserver.NONE).run();
    }

    /** Everything on both output topics once there are that many, read from the start. */
    private static List<SpecificRecord> prepareUntil(int count) throws Exception {
        List<SpecificRecord> records = new ArrayList<>();
        try (PreparationService service = service(30, PrepareObserver.NONE);
                Consumer<String, PreparedImage> prepared =
                        clients.consumer(
                                AvroSerde.deserializer(PreparedImage.class),
                                Map.of("group.id", "p" + count));
                Consumer<String, RejectedImage> rejected =
                        clients.consumer(
                                AvroSerde.deserializer(RejectedImage.class),
                                Map.of("group.id", "r" + count))) {
            service.start();
            prepared.subscribe(List.of(Topics.IMAGES_PREPARED));
            rejected.subscribe(List.of(Topics.IMAGES_REJECTED));
            await().atMost(Duration.ofSeconds(40))
                    .until(
                            () -> {
                                drain(prepared, records);
                                drain(rejected, records);
                                return records.size() >= count;
                            });
            // One partition may be prepared while the other's stores are still being restored.
            await().atMost(Duration.ofSeconds(30)).until(service::isRunning);
            assertThat(service.failure()).isEmpty();
        }
        return records;
    }

    private static void drain(Consumer<String, ?> consumer, List<SpecificRecord> records) {
        consumer.poll(Duration.ofMillis(100))
                .forEach(record -> records.add((SpecificRecord) record.value()));
    }

    private static PreparationService service(int seconds, PrepareObserver observer) {
        PreparationServiceSettings settings =
                PreparationServiceSettings.from(
                        PreparationServiceSettings.definition()
                                .parse(
                                        Map.of(
                                                "prepare.start.timeout.seconds",
                                                "" + seconds,
                                                "prepare.state.dir",
                                                directory.resolve("state").toString())),
                        TOPICS);
        return new PreparationService(clients, settings, new NoPayloadStore(), observer);
    }
}
