package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.metrics.DocumentedMetrics;
import io.maestream.app.metrics.DocumentedMetrics.Row;
import io.maestream.app.metrics.Exposition;
import io.maestream.app.metrics.Exposition.Family;
import io.maestream.app.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three kinds of process on a broker, scraped as Prometheus would. */
class MetricsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EVERY_PROCESS = "Every process";
    private static final String CLIENTS = "Kafka clients and JVM";

    /** Told of what does not happen here; MonitorTest lets it happen. */
    private static final Set<String> RARE =
            Set.of(
                    "maestream_source_rejected_images_total",
                    "maestream_source_retries_total",
                    "maestream_source_gaps_total",
                    "maestream_source_gap_seconds_total",
                    "maestream_uploads_refused_total",
                    "maestream_publish_skipped_images_total");

    private final HttpClient http = HttpClient.newHttpClient();
    @TempDir Path directory;
    private int brokerPort;
    private EmbeddedBroker broker;
    private Processes processes;

    @BeforeEach
    void start() throws IOException {
        brokerPort = freePort();
        broker = broker().start();
        Training.createTopics(Training.clients(broker.bootstrapServers()), Map.of());
        processes = new Processes(directory);
    }

    @AfterEach
    void stop() throws InterruptedException {
        processes.close();
        broker.close();
    }

    @Test
    void shouldExposeWhatIsDocumentedAndNothingElseWhenItWorks() throws Exception {
        // Given all kinds of process
        int ingest = freePort();
        int prepare = freePort();
        int train = freePort();
        start(
                Map.of(
                        "metrics.port", "" + ingest,
                        "source.cams.type", "simulated",
                        "simulate.frames.per.second", "20",
                        "source.up.type", "http",
                        "http.port", "0",
                        "http.token.file", token().toString()),
                "ingest",
                "run");
        start(
                Map.of(
                        "metrics.port", "" + prepare,
                        "prepare.similar.bits", "-1",
                        "prepare.status.interval.seconds", "1"),
                "prepare");
        Map<String, String> training =
                Training.keys("metered", directory.resolve("checkpoints"), Map.of());
        training.put("dashboard.port", "" + train);
        training.put("checkpoint.every.images", "100");
        start(training, "train");

        // When they have worked for a while
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () ->
                                sample(train, "maestream_checkpoints_total") > 0
                                        && sample(prepare, "maestream_source_prepared_images_total")
                                                > 0);

        // Then each says that it is ready, and exposes what the document says of it
        for (int port : List.of(ingest, prepare, train)) {
            assertThat(get(port, "/readyz").statusCode())
                    .as(get(port, "/readyz").body())
                    .isEqualTo(200);
            assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
        }
        DocumentedMetrics documented = DocumentedMetrics.read();
        await().atMost(PATIENCE)
                .until(
                        () ->
                                scrape(prepare)
                                        .containsKey("kafka_consumer_fetch_manager_records_lag"));
        keep(Map.of("ingest", ingest, "prepare", prepare, "train", train));
        check(scrape(ingest), documented.of(EVERY_PROCESS, "Ingest"));
        check(scrape(prepare), documented.of(EVERY_PROCESS, "Preparation"));
        check(scrape(train), documented.of(EVERY_PROCESS, "Trainer"));

        // And of Kafka's and the JVM's metrics, what the document names is on one of them
        Map<String, Family> all = new TreeMap<>();
        Stream.of(ingest, prepare, train).forEach(port -> all.putAll(scrape(port)));
        assertThat(all).containsKeys(names(documented.of(CLIENTS)));
        documented.of(CLIENTS).forEach(row -> assertRow(row, all.get(row.name())));
    }

    @Test
    void shouldSayWithinTenSecondsThatBrokersAreAwayAndWhenTheyAreBack() throws Exception {
        // Given a camera and preparation at work
        int ingest = freePort();
        int prepare = freePort();
        start(Map.of("metrics.port", "" + ingest), "ingest", "simulate");
        start(Map.of("metrics.port", "" + prepare), "prepare");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> isReady(ingest) && isReady(prepare));

        // When the broker goes
        broker.close();

        // Then both say so, in words
        await().atMost(Duration.ofSeconds(10)).until(() -> !isReady(ingest) && !isReady(prepare));
        for (int port : List.of(ingest, prepare)) {
            assertThat(get(port, "/readyz").body())
                    .contains("\"state\":\"brokers-away\"", "no broker is connected since");
            assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
        }

        // And they go on by themselves when it is back
        broker = broker().start();
        await().atMost(PATIENCE).until(() -> isReady(ingest) && isReady(prepare));
    }

    private boolean isReady(int port) {
        return get(port, "/readyz").statusCode() == 200;
    }

    /** On the same port and data each time. */
    private EmbeddedBroker broker() {
        return new EmbeddedBroker(
                new BrokerSettings(directory.resolve("broker"), brokerPort, 64 << 20));
    }

    /** For other readers: promtool check metrics. */
    private void keep(Map<String, Integer> ports) throws IOException {
        Path scrapes = Files.createDirectories(Path.of("target/scrapes"));
        for (Map.Entry<String, Integer> one : ports.entrySet()) {
            Files.writeString(
                    scrapes.resolve(one.getKey() + ".prom"),
                    get(one.getValue(), "/metrics").body());
        }
    }

    private static void check(Map<String, Family> exposed, List<Row> documented) {
        Set<String> ours = new TreeSet<>(exposed.keySet());
        ours.removeIf(name -> !name.startsWith("maestream_"));
        assertThat(ours).isSubsetOf(names(documented));
        documented.stream()
                .filter(row -> !RARE.contains(row.name()))
                .forEach(
                        row -> {
                            assertThat(exposed).containsKey(row.name());
                            assertRow(row, exposed.get(row.name()));
                        });
    }

    private static void assertRow(Row row, Family family) {
        assertThat(family.type()).as(row.name()).isEqualTo(row.type());
        assertThat(family.samples())
                .as(row.name())
                .isNotEmpty()
                .allSatisfy(
                        sample ->
                                assertThat(sample.labels().keySet())
                                        .as(row.name())
                                        .containsExactlyInAnyOrderElementsOf(row.labels()));
    }

    private static String[] names(List<Row> rows) {
        return rows.stream().map(Row::name).toArray(String[]::new);
    }

    private double sample(int port, String family) {
        return scrape(port).get(family).samples().get(0).value();
    }

    private Map<String, Family> scrape(int port) {
        HttpResponse<String> response = get(port, "/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        return Exposition.parse(response.body());
    }

    private HttpResponse<String> get(int port, String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(Map<String, String> keys, String... command) throws IOException {
        Map<String, String> all = new TreeMap<>(keys);
        all.put("kafka.bootstrap.servers", broker.bootstrapServers());
        processes.start(all, command);
    }

    private Path token() throws IOException {
        return Files.writeString(directory.resolve("token"), "0123456789abcdef");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
