package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.schemas.observe.FanOut;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import io.maestream.trainer.report.TrainingObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.types.Password;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardTest {

    private static final String SECRET = "0123456789abcdef";
    private static final List<String> FILES =
            List.of(
                    "/",
                    "/page.css",
                    "/page.js",
                    "/charts.js",
                    "/lineage.js",
                    "/tables.js",
                    "/commands.js",
                    "/icon.svg");

    private final HttpClient client = HttpClient.newHttpClient();
    private ServerSocket taken;
    private Dashboard dashboard;
    private TrainingObserver trainer;

    @BeforeEach
    void openOnAnyPort() throws IOException {
        // A port that is taken makes the dashboard take a free one.
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        dashboard = open(Optional.empty());
        trainer = FanOut.of(TrainingObserver.class, dashboard.observers());
    }

    @AfterEach
    void close() throws IOException {
        dashboard.close();
        taken.close();
    }

    @Test
    void shouldServeThePageAndNothingFromElsewhereWhenOpened() throws Exception {
        // When its files are fetched
        for (String file : FILES) {
            HttpResponse<String> response = get(file);

            // Then they are guarded by headers and name no other host
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).contains("default-src 'none'"));
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.body().replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http://", "https://", "src=\"//", "style=\"");
        }
        assertThat(get("/uplot.js").body()).contains("uPlot");
        assertThat(get("/uplot.css").body()).contains(".uplot");
        assertThat(get("/../page.html").statusCode()).isEqualTo(404);
        assertThat(get("/%2e%2e/%2e%2e/etc/passwd").statusCode()).isEqualTo(404);
        assertThat(get("/page.html").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldTellStateHealthAndPanelWhenTheTrainerWorks() throws Exception {
        // Given a trainer that has not said anything
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("joining the run's group");
        assertThat(get("/api/panels/latest.png").statusCode()).isEqualTo(404);

        // When it works
        trainer.started("run", Optional.empty());
        trainer.stepped(Happenings.step(1, 0.5f));
        trainer.panel(Happenings.panel(1));

        // Then
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).contains("\"state\":\"training\"");
        assertThat(get("/api/state").body()).contains("\"step\":1");
        HttpResponse<byte[]> panel =
                client.send(request("/api/panels/latest.png").build(), BodyHandlers.ofByteArray());
        assertThat(panel.body()).isEqualTo(Happenings.PNG);
        assertThat(panel.headers().firstValue("Content-Type")).hasValue("image/png");
    }

    @Test
    void shouldStreamStepsWhenAPageListens() throws Exception {
        // Given a page
        HttpResponse<InputStream> events =
                client.send(request("/api/events").build(), BodyHandlers.ofInputStream());
        assertThat(events.headers().firstValue("Content-Type"))
                .hasValue("text/event-stream; charset=utf-8");

        // When
        trainer.stepped(Happenings.step(41, 0.5f));

        // Then
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(
                            lines.lines()
                                    .filter(line -> line.startsWith("data: {\"points\""))
                                    .findFirst())
                    .hasValueSatisfying(line -> assertThat(line).contains("[[41,"));
        }
    }

    @Test
    void shouldHaveEveryDocumentedMetricWhenScraped() throws Exception {
        // Given
        trainer.stepped(Happenings.step(1, 0.5f));
        trainer.committed(Happenings.committed(1));
        String document = Files.readString(Path.of("../docs/operations.md"));
        String section =
                document.substring(
                        document.indexOf("### Trainer\n"), document.indexOf("### Preparation\n"));
        List<String> documented =
                Pattern.compile("\\| `(maestream_[a-z_]+)` \\| (\\w+) \\|")
                        .matcher(section)
                        .results()
                        .map(row -> "# TYPE " + row.group(1) + " " + row.group(2))
                        .toList();

        // When
        List<String> scraped = get("/metrics").body().lines().toList();

        // Then every one is there with its type and of its run, and every one of ours is documented
        assertThat(documented).hasSizeGreaterThan(10);
        assertThat(scraped.stream().filter(line -> line.startsWith("# TYPE maestream_")))
                .containsExactlyInAnyOrderElementsOf(documented);
        assertThat(scraped.stream().filter(line -> line.startsWith("maestream_")))
                .allSatisfy(line -> assertThat(line).contains("{run=\"run\"} "));
    }

    @Test
    void shouldRefuseWhatChangesOrComesByAnotherNameWhenOpenOnLoopback() throws Exception {
        // When something is posted, and when another host's name leads here
        HttpResponse<String> posted =
                client.send(
                        request("/api/state").POST(HttpRequest.BodyPublishers.noBody()).build(),
                        BodyHandlers.ofString());

        // Then
        assertThat(posted.statusCode()).isEqualTo(401);
        assertThat(statusFor("evil.example")).contains(" 401 ");
        assertThat(statusFor("localhost:1")).contains(" 200 ");
    }

    @Test
    void shouldAskForTheTokenWhenThereIsOne() throws Exception {
        // Given
        dashboard.close();
        dashboard = open(Optional.of(new Password(SECRET)));

        // When a link brings the token
        HttpResponse<String> signedIn = get("/?token=" + SECRET);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();

        // Then that, the header and the cookie open it, and nothing else does
        assertThat(signedIn.statusCode()).isEqualTo(303);
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        for (String path : List.of("/", "/page.js", "/api/state", "/api/events", "/metrics")) {
            assertThat(get(path).statusCode()).isEqualTo(401);
        }
        assertThat(get("/?token=wrong").statusCode()).isEqualTo(401);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(with("Authorization", "Bearer " + SECRET)).isEqualTo(200);
        assertThat(with("Authorization", "Bearer " + SECRET + "x")).isEqualTo(401);
        assertThat(with("Cookie", cookie.split(";")[0])).isEqualTo(200);
    }

    @Test
    void shouldNotOpenWhenOthersCouldReadItWithoutAToken() {
        // Given every address of this machine
        DashboardSettings everywhere =
                new DashboardSettings("0.0.0.0", 1, Optional.empty(), Optional.empty());
        DashboardSettings occupied =
                new DashboardSettings(
                        "127.0.0.1", taken.getLocalPort(), Optional.empty(), Optional.empty());

        // Then
        assertThatThrownBy(() -> Dashboard.open(everywhere, PortTaken.FAIL, "r", Clock.systemUTC()))
                .hasMessageContaining("MAESTREAM_DASHBOARD_TOKEN")
                .hasMessageContaining("dashboard.token.file");
        assertThatThrownBy(() -> Dashboard.open(occupied, PortTaken.FAIL, "r", Clock.systemUTC()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("dashboard.port");
    }

    @Test
    void shouldServeOthersWhenAPageTakesNothing() throws Exception {
        // Given as many pages as it takes, none of which reads
        for (int i = 0; i < Dashboard.MAX_PAGES; i++) {
            client.send(request("/api/events").build(), BodyHandlers.ofInputStream());
        }

        // When one more comes
        HttpResponse<String> tooMany = get("/api/events");

        // Then it is told so, and all else goes on
        assertThat(tooMany.statusCode()).isEqualTo(503);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(get("/api/state").statusCode()).isEqualTo(200));
    }

    private Dashboard open(Optional<Password> token) throws IOException {
        return Dashboard.open(
                new DashboardSettings("127.0.0.1", taken.getLocalPort(), token, Optional.empty()),
                PortTaken.TAKE_ANOTHER,
                "run",
                Clock.systemUTC());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(dashboard.url() + path.substring(1)))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private int with(String header, String value) throws IOException, InterruptedException {
        return client.send(request("/").header(header, value).build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** The JDK's client lets nobody choose this header. */
    private String statusFor(String host) throws IOException {
        URI url = URI.create(dashboard.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }
}
