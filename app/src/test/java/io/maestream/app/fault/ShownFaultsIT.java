package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.training.Training;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.TrainerParts;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.dashboard.Dashboard;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import io.maestream.trainer.dashboard.DashboardSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real faults, and what the dashboard of a real trainer says of them. */
class ShownFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final int STORE_KIB = 2_048;
    private static final int MILLIS_BETWEEN_FRAMES = 50;

    @TempDir static Path root;
    private static EmbeddedBroker broker;
    private static KafkaClients clients;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        broker = new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20)).start();
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients, Map.of());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldSayWithinTenSecondsThatTheDiskIsFull() throws Exception {
        // Given a trainer with room for checkpoints
        try (Tmpfs store = Tmpfs.mount(root.resolve("full"), STORE_KIB);
                Cameras cameras = new Cameras(2);
                Shown shown = new Shown("full", store.directory())) {
            await().atMost(PATIENCE).until(() -> !Training.committed(clients, "full").isEmpty());
            assertThat(shown.readiness().statusCode()).isEqualTo(200);

            // When something else fills the disk
            Path ballast = store.directory().resolve("ballast");
            fill(ballast);

            // Then page and readiness say so in words, and that training goes on
            await().atMost(TEN_SECONDS)
                    .untilAsserted(
                            () ->
                                    assertThat(shown.readiness().body())
                                            .contains("The disk is full", "Training goes on"));
            assertThat(shown.notice()).isEqualTo("disk-full");
            assertThat(cameras.areOn()).isTrue();
            Files.delete(ballast);
        }
    }

    @Test
    void shouldSayWithinTenSecondsThatACameraIsGone() throws Exception {
        // Given a trainer and two cameras
        try (Cameras cameras = new Cameras(2);
                Shown shown = new Shown("cameras", root.resolve("cameras"))) {
            await().atMost(PATIENCE).until(() -> shown.cameras() >= 2);
            assertThat(shown.readiness().body()).doesNotContain("Nothing has come from");

            // When one of them goes
            cameras.keep(1);

            // Then page and readiness name it, and training goes on with the other
            await().atMost(TEN_SECONDS)
                    .untilAsserted(
                            () ->
                                    assertThat(shown.readiness().body())
                                            .contains("Nothing has come from camera-1"));
            assertThat(shown.notice()).isEqualTo("camera-gone");
            assertThat(shown.readiness().statusCode()).isEqualTo(200);
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < STORE_KIB; i++) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** Cameras that publish prepared frames until they are closed. */
    private static final class Cameras implements AutoCloseable {
        private final ScheduledExecutorService frames =
                Executors.newSingleThreadScheduledExecutor();
        private final Producer<String, PreparedImage> producer =
                clients.producer(
                        AvroSerde.serializer(PreparedImage.class), KafkaClients.UNCOMPRESSED);
        private final AtomicInteger published = new AtomicInteger();
        private volatile int cameras;

        Cameras(int cameras) {
            this.cameras = cameras;
            frames.scheduleAtFixedRate(
                    this::publish, 0, MILLIS_BETWEEN_FRAMES, TimeUnit.MILLISECONDS);
        }

        /** Only the first so many publish from now on. */
        void keep(int count) {
            cameras = count;
        }

        boolean areOn() {
            return !frames.isShutdown();
        }

        private void publish() {
            for (int camera = 0; camera < cameras; camera++) {
                producer.send(Training.record(published.getAndIncrement(), camera));
            }
        }

        @Override
        public void close() throws InterruptedException {
            frames.shutdown();
            assertThat(frames.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            producer.close();
        }
    }

    /** A trainer and its dashboard. */
    private final class Shown implements AutoCloseable {
        private final Dashboard dashboard;
        private final TrainerService service;
        private final CompletableFuture<Void> end;

        Shown(String run, Path store) throws IOException {
            dashboard =
                    Dashboard.open(
                            new DashboardSettings(
                                    "127.0.0.1", 0, Optional.empty(), Optional.empty()),
                            PortTaken.TAKE_ANOTHER,
                            run,
                            Clock.systemUTC());
            service =
                    new TrainerService(
                            new TrainerParts(
                                    Training.settings(
                                            run, store, Map.of("checkpoint.every.images", "40")),
                                    clients,
                                    new FileSystemStore(store),
                                    dashboard.observers(),
                                    Clock.systemUTC()));
            end =
                    CompletableFuture.runAsync(
                            service::run, task -> new Thread(task, "trainer").start());
        }

        HttpResponse<String> readiness() throws Exception {
            return get("readyz");
        }

        String notice() throws Exception {
            return state().at("/status/notices/0/kind").asText();
        }

        int cameras() throws Exception {
            return state().at("/cameras").size();
        }

        private JsonNode state() throws Exception {
            return new ObjectMapper().readTree(get("api/state").body());
        }

        private HttpResponse<String> get(String path) throws Exception {
            return http.send(
                    HttpRequest.newBuilder(URI.create(dashboard.url() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() throws Exception {
            service.stop();
            end.get(90, TimeUnit.SECONDS);
            dashboard.close();
        }
    }
}
