package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.CommandKind;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask the run for something. Requests are written byte by byte: no client helps. */
class ChangesTest {

    private static final String TOKEN = "0123456789abcdef";
    private static final String BODY = "{\"kind\":\"CHECKPOINT\",\"reason\":\"before the move\"}";

    private final List<String> sent = new ArrayList<>();
    private ServerSocket taken;
    private Dashboard dashboard;
    private boolean brokerRefuses;

    @BeforeEach
    void open() throws IOException {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        dashboard = open(Optional.empty());
    }

    @AfterEach
    void close() throws IOException {
        dashboard.close();
        taken.close();
    }

    @Test
    void shouldSendACommandWhenTheOwnPageAsks() throws IOException {
        // When the page asks with what it read from its own origin
        String answer = post(page(), BODY);

        // Then it is sent, and the answer names it
        assertThat(answer).startsWith("HTTP/1.1 202 ").endsWith("{\"id\":\"id-1\"}");
        assertThat(sent).containsExactly("run CHECKPOINT before the move");
    }

    @Test
    void shouldAnswer401OnEveryChangingRouteWhenTheSecretIsMissingOrForeign() throws IOException {
        // Given requests without the secret, with a wrong one, and the right one from elsewhere
        String secret = "X-Maestream-Page: " + secret();
        List<List<String>> refused =
                List.of(
                        List.of("Host: " + host()),
                        List.of("Host: " + host(), "X-Maestream-Page: " + "0".repeat(64)),
                        List.of("Host: " + host(), secret, "Origin: http://evil.example"),
                        List.of("Host: " + host(), secret, "Origin: null"),
                        List.of("Host: " + host(), secret, "Origin: http://localhost:1"),
                        List.of("Host: " + host(), secret, "Sec-Fetch-Site: cross-site"),
                        List.of("Host: " + host(), secret, "Sec-Fetch-Site: same-site"),
                        // DNS rebinding: another site's name leads here.
                        List.of("Host: evil.example", secret, "Origin: http://evil.example"),
                        List.of("Host: evil.example", secret),
                        List.of("Host: 127.0.0.1.evil.example", secret));

        // Then none is admitted, whatever the route and method
        for (List<String> headers : refused) {
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
                assertThat(request(method + " /api/commands", headers, BODY))
                        .as("%s %s", method, headers)
                        .startsWith("HTTP/1.1 401 ");
            }
            assertThat(request("POST /api/state", headers, BODY)).startsWith("HTTP/1.1 401 ");
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void shouldTellTheSecretToNobodyWhenAnotherNameLeadsHere() throws IOException {
        assertThat(request("GET /api/session", List.of("Host: evil.example"), ""))
                .startsWith("HTTP/1.1 401 ")
                .doesNotContain("secret");
        assertThat(request("GET /api/session", List.of("Host: " + host()), ""))
                .doesNotContain("Access-Control-Allow");
    }

    @Test
    void shouldAskForTheTokenWhenThereIsOne() throws IOException {
        // Given a dashboard with a token
        dashboard.close();
        dashboard = open(Optional.of(new Password(TOKEN)));
        String host = "Host: " + host();
        String bearer = "Authorization: Bearer " + TOKEN;
        String cookie = "Cookie: " + Admittance.COOKIE + "=" + TOKEN;

        // Then a script needs it, a page needs cookie and secret, and another site's page fails
        assertThat(post(List.of(host, bearer), BODY)).startsWith("HTTP/1.1 202 ");
        assertThat(post(List.of(host), BODY)).startsWith("HTTP/1.1 401 ");
        assertThat(post(List.of(host, "Authorization: Bearer wrong"), BODY))
                .startsWith("HTTP/1.1 401 ");
        assertThat(post(List.of(host, cookie), BODY)).startsWith("HTTP/1.1 401 ");
        assertThat(post(List.of(host, bearer, "Origin: http://evil.example"), BODY))
                .startsWith("HTTP/1.1 401 ");
        String secret = secret(List.of(host, cookie));
        String own = "Origin: http://" + host();
        assertThat(post(List.of(host, cookie, own, "X-Maestream-Page: " + secret), BODY))
                .startsWith("HTTP/1.1 202 ");
        assertThat(post(List.of(host, own, "X-Maestream-Page: " + secret), BODY))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void shouldSayWhatIsWrongWhenABodyIsNoCommand() throws IOException {
        assertThat(post(page(), "{\"kind\":\"STOP\"}")).contains(" 400 ").contains("CHECKPOINT");
        assertThat(post(page(), "nonsense")).contains(" 400 ").contains("not JSON");
        assertThat(post(page(), "{\"kind\":\"PAUSE\",\"reason\":\"" + "x".repeat(201) + "\"}"))
                .contains(" 400 ")
                .contains("at most 200");
        assertThat(post(page(), "x".repeat(5_000))).contains(" 413 ");
        List<String> form = new ArrayList<>(page());
        form.add("Content-Type: text/plain");
        assertThat(request("POST /api/commands", form, BODY)).contains(" 415 ");
        assertThat(request("PUT /api/commands", page(), BODY)).contains(" 405 ");
        assertThat(sent).isEmpty();

        // And when the broker does not take it
        brokerRefuses = true;
        assertThat(post(page(), BODY)).contains(" 503 ").contains("did not take");
    }

    @Test
    void shouldLeadNowhereElseWhenPathsClimb() throws IOException {
        // Given ways to write a path that climbs, before every static and file route
        List<String> climbs =
                List.of(
                        "..",
                        "../..",
                        "%2e%2e",
                        "%2e%2e%2f%2e%2e",
                        "..%2f..",
                        "%252e%252e",
                        "..%5c..",
                        "....//",
                        "%c0%ae%c0%ae",
                        ".%00",
                        "//");
        List<String> targets =
                List.of("page.html", "etc/passwd", "Resources.class", "META-INF/MANIFEST.MF");

        // Then each is refused: a fixed list of names is all there is
        for (String route :
                List.of("", "api/", "api/panels/", "api/cameras/", "page.css/", "uplot.js/")) {
            for (String climb : climbs) {
                for (String target : targets) {
                    String path = "/" + route + climb + "/" + target;
                    assertThat(request("GET " + path, List.of("Host: " + host()), ""))
                            .as(path)
                            .matches(
                                    text ->
                                            text.startsWith("HTTP/1.1 404 ")
                                                    || text.startsWith("HTTP/1.1 400 "));
                }
            }
        }
        for (String source :
                List.of("../../etc/passwd", "%2e%2e%2fetc%2fpasswd", "/etc/passwd", "%", "")) {
            assertThat(
                            request(
                                    "GET /api/cameras/picture.jpg?source=" + source,
                                    List.of("Host: " + host()),
                                    ""))
                    .containsPattern("^HTTP/1.1 40[04] ");
        }
    }

    private Dashboard open(Optional<Password> token) throws IOException {
        Dashboard opened =
                Dashboard.open(
                        new DashboardSettings(
                                "127.0.0.1", taken.getLocalPort(), token, Optional.empty()),
                        PortTaken.TAKE_ANOTHER,
                        "run",
                        Clock.systemUTC());
        opened.takeCommands(
                new KafkaClients(KafkaSettings.of("localhost:1"), TopicSettings.defaults()),
                this::send);
        return opened;
    }

    private String send(String run, CommandKind kind, String reason) {
        if (brokerRefuses) {
            throw new TimeoutException("no leader");
        }
        sent.add(run + " " + kind + " " + reason);
        return "id-" + sent.size();
    }

    private String host() {
        return URI.create(dashboard.url()).getAuthority();
    }

    private List<String> page() throws IOException {
        return List.of(
                "Host: " + host(),
                "Origin: http://" + host(),
                "Sec-Fetch-Site: same-origin",
                "X-Maestream-Page: " + secret());
    }

    private String secret() throws IOException {
        return secret(List.of("Host: " + host()));
    }

    private String secret(List<String> headers) throws IOException {
        Matcher found =
                Pattern.compile("\"secret\":\"([0-9a-f]{64})\"")
                        .matcher(request("GET /api/session", headers, ""));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String post(List<String> headers, String body) throws IOException {
        List<String> all =
                Stream.concat(headers.stream(), Stream.of("Content-Type: application/json"))
                        .toList();
        return request("POST /api/commands", all, body);
    }

    private String request(String line, List<String> headers, String body) throws IOException {
        URI url = URI.create(dashboard.url());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String head =
                    "%s HTTP/1.1\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                            .formatted(line, String.join("\r\n", headers), bytes.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
