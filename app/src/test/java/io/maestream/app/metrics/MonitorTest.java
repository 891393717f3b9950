package io.maestream.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.app.metrics.Exposition.Family;
import io.maestream.ingest.prepare.PrepareObserver;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.SourceObserver;
import io.maestream.ingest.upload.UploadObserver;
import io.maestream.schemas.SourceStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTest {

    private static final String SECRET = "0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir Path directory;
    private Monitor monitor;

    @BeforeEach
    void open() throws IOException {
        monitor = open("127.0.0.1", Optional.empty(), 2);
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void shouldExposeWhatIsDocumentedWhenEverythingHappens() throws Exception {
        // Given everything that can happen to images on their way in
        let(monitor.publishing(), monitor.sources(), monitor.uploads(), monitor.preparation());

        // When
        Map<String, Family> scraped = Exposition.parse(get("/metrics").body());

        // Then every documented metric is there as documented, and no other of ours
        DocumentedMetrics documented = DocumentedMetrics.read();
        var rows = documented.of("Every process", "Ingest", "Preparation");
        assertThat(rows).hasSizeGreaterThan(15);
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            assertThat(scraped).containsKey(row.name());
                            assertThat(scraped.get(row.name()).type()).isEqualTo(row.type());
                            assertThat(scraped.get(row.name()).samples())
                                    .allSatisfy(
                                            sample ->
                                                    assertThat(sample.labels().keySet())
                                                            .as(row.name())
                                                            .isEqualTo(row.labels()));
                        });
        Set<String> names =
                rows.stream().map(DocumentedMetrics.Row::name).collect(Collectors.toSet());
        assertThat(scraped.keySet().stream().filter(name -> name.startsWith("maestream_")))
                .isSubsetOf(names);
    }

    @Test
    void shouldShareOneLabelWhenThereAreMoreSourcesThanLabels() throws Exception {
        // Given a monitor for two sources, and counters of four, one with a hostile name
        PrepareObserver preparation = monitor.preparation();
        Stream.of("gate", "a\"\\\n}", "yard", "x".repeat(10_000))
                .forEach(source -> preparation.counted(status(source, 10)));

        // When one of the nameless goes on
        preparation.counted(status("yard", 15));

        // Then its counter is part of the others'
        Family received =
                Exposition.parse(get("/metrics").body())
                        .get("maestream_source_received_images_total");
        Map<String, Double> bySource =
                received.samples().stream()
                        .collect(
                                Collectors.toMap(
                                        sample -> sample.labels().get("source"),
                                        Exposition.Sample::value));
        assertThat(bySource)
                .containsOnly(
                        Map.entry("gate", 10.0),
                        Map.entry("a\"\\\n}", 10.0),
                        Map.entry(SourceLabels.OTHERS, 25.0));
    }

    @Test
    void shouldSayWhyItIsNotReadyWhenBrokersOrPreparationAreNot() throws Exception {
        // Given a process that has not come so far
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("\"state\":\"starting\"");

        // When its preparation joins and runs, and no broker is connected for long
        MutableClock clock = new MutableClock();
        ClientMeters clients = new ClientMeters(new SimpleMeterRegistry(), clock);
        clients.opened(new MockProducer<>());
        assertThat(clients.health().ready()).isTrue();
        clock.advance(Duration.ofSeconds(9));

        // Then
        assertThat(clients.health().ready()).isFalse();
        assertThat(clients.health().state()).isEqualTo("brokers-away");
        assertThat(clients.health().reason())
                .contains("no broker is connected since 9 s", "kafka.bootstrap.servers");
        clients.close();
        PreparationMeters preparation = (PreparationMeters) monitor.preparation();
        preparation.state("REBALANCING");
        assertThat(preparation.health().state()).isEqualTo("joining");
        preparation.state("RUNNING");
        assertThat(preparation.health()).isEqualTo(Health.running("preparing images"));
        preparation.state("ERROR");
        assertThat(preparation.health().ready()).isFalse();
    }

    @Test
    void shouldNameLostSourcesWhenTheyAreTriedAgain() {
        // Given a camera that does not answer
        MutableClock clock = new MutableClock();
        SourceTroubles troubles =
                new SourceTroubles(new SimpleMeterRegistry(), new SourceLabels(9), clock);
        troubles.retrying("gate", "Connection refused", Duration.ofSeconds(4));
        clock.advance(Duration.ofSeconds(7));

        // Then it is named until it gives images, or nobody tries any more
        assertThat(troubles.health().ready()).isTrue();
        assertThat(troubles.health().state()).isEqualTo("source-lost");
        assertThat(troubles.health().reason())
                .isEqualTo("gate gives no images since 7 s: Connection refused");
        troubles.connected("gate");
        assertThat(troubles.health().state()).isEqualTo("running");
        troubles.retrying("yard", "gone", Duration.ofSeconds(4));
        clock.advance(Duration.ofMinutes(3));
        assertThat(troubles.health().state()).isEqualTo("running");
    }

    @Test
    void shouldAnswerOnlyThisMachineByItsNamesWhenThereIsNoToken() throws Exception {
        assertThat(statusFor("localhost:1", "/metrics")).contains(" 200 ");
        assertThat(statusFor("evil.example", "/metrics")).contains(" 401 ");
        assertThat(statusFor("evil.example", "/healthz")).contains(" 200 ");
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/../metrics").statusCode()).isEqualTo(404);
        HttpResponse<String> posted =
                client.send(
                        request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(405);
        HttpResponse<String> head =
                client.send(
                        request("/metrics")
                                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void shouldAskForTheTokenWhenThereIsOne() throws Exception {
        // Given a token in a file
        monitor.close();
        Path file = Files.writeString(directory.resolve("token"), SECRET + "\n");
        monitor =
                Monitor.open(
                        new MetricsSettings("127.0.0.1", 0, Optional.empty(), Optional.of(file), 2),
                        Clock.systemUTC());

        // Then only health is for everybody
        assertThat(get("/metrics").statusCode()).isEqualTo(401);
        assertThat(get("/metrics").body()).contains("metrics.token");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        HttpResponse<String> shown =
                client.send(
                        request("/metrics").header("Authorization", "Bearer " + SECRET).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(shown.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotOpenWhenOthersCouldReadItWithoutATokenOrThePortIsTaken() throws IOException {
        assertThatThrownBy(() -> open("0.0.0.0", Optional.empty(), 2))
                .hasMessageContaining("MAESTREAM_METRICS_TOKEN")
                .hasMessageContaining("metrics.token.file");
        assertThatThrownBy(() -> open("0.0.0.0", Optional.of(new Password("short")), 2))
                .hasMessageContaining("16 characters");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings =
                    new MetricsSettings(
                            "127.0.0.1",
                            taken.getLocalPort(),
                            Optional.empty(),
                            Optional.empty(),
                            2);
            assertThatThrownBy(() -> Monitor.open(settings, Clock.systemUTC()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("metrics.port " + taken.getLocalPort());
        }
    }

    private static void let(
            PublishObserver publishing,
            SourceObserver sources,
            UploadObserver uploads,
            PrepareObserver preparation) {
        SourceImage image =
                new SourceImage("gate", "1", 0, Instant.EPOCH, new byte[3], 3, "gate/1");
        publishing.published(image);
        publishing.skipped(image, "too large");
        publishing.failed(image, new IOException("away"));
        sources.retrying("gate", "gone", Duration.ofSeconds(1));
        sources.gap("gate", Instant.EPOCH, Instant.EPOCH.plusMillis(1500));
        uploads.accepted(3);
        uploads.refused(401, "no token");
        uploads.failed(new IOException("x"));
        preparation.counted(status("gate", 10));
        preparation.threadFailed(new IOException("x"), false);
    }

    private static SourceStatus status(String source, long received) {
        return SourceStatus.newBuilder()
                .setSourceId(source)
                .setReceived(received)
                .setPrepared(received - 3)
                .setRejected(Map.of("DECODE_FAILED", 1L))
                .setDuplicates(1)
                .setNearDuplicates(1)
                .setBytes(100 * received)
                .setPreparedBytes(50 * received)
                .setFirstSeenAt(Instant.EPOCH)
                .setLastSeenAt(Instant.EPOCH.plusSeconds(received))
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static Monitor open(String host, Optional<Password> token, int maxSources)
            throws IOException {
        return Monitor.open(
                new MetricsSettings(host, 0, token, Optional.empty(), maxSources),
                Clock.systemUTC());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + monitor.address().getPort() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The JDK's client lets nobody choose this header. */
    private String statusFor(String host, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", monitor.address().getPort())) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }
}
