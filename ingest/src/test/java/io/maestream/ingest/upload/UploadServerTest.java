package io.maestream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.ingest.TestImages;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.publish.PublishSettings;
import io.maestream.ingest.publish.TestSenders;
import io.maestream.schemas.RawImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadServerTest {

    private static final String TOKEN = "0123456789abcdef";
    private static final byte[] PHOTO = TestImages.jpeg(40, 30);

    private final HttpClient client = HttpClient.newHttpClient();
    private MockProducer<String, RawImage> producer;
    private UploadServer server;

    @BeforeEach
    void start() throws IOException {
        start(true, 8);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswerAcceptedAndPublishWhenAnImageIsGood() throws Exception {
        // When
        HttpResponse<String> response =
                send(post("?source=door&id=a1&capturedAt=2026-01-31T12:00:00Z", PHOTO));

        // Then
        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode accepted = json(response).get("accepted").get(0);
        assertThat(accepted.get("id").asText()).isEqualTo("a1");
        RawImage image = producer.history().get(0).value();
        assertThat(image.getSourceId()).isEqualTo("door");
        assertThat(image.getImageId()).isEqualTo("a1");
        assertThat(image.getCapturedAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(image.getSha256()).isEqualTo(Sha256.of(PHOTO));
    }

    @Test
    void shouldNameByDigestWhenNoIdIsGiven() throws Exception {
        // When
        JsonNode accepted = json(send(post("", PHOTO))).get("accepted").get(0);

        // Then
        assertThat(accepted.get("id").asText()).isEqualTo(Sha256.of(PHOTO));
        assertThat(accepted.get("source").asText()).isEqualTo("uploads");
    }

    @Test
    void shouldPublishAllOrNothingWhenTheBodyIsMultipart() throws Exception {
        // Given two images, and one image beside a text
        byte[] other = TestImages.png(20, 20);

        // When
        int good = send(multipart(PHOTO, other)).statusCode();
        int mixed = send(multipart(PHOTO, "text".getBytes(StandardCharsets.UTF_8))).statusCode();

        // Then
        assertThat(good).isEqualTo(202);
        assertThat(mixed).isEqualTo(415);
        assertThat(producer.history())
                .extracting(sent -> sent.value().getSha256())
                .containsExactly(Sha256.of(PHOTO), Sha256.of(other));
    }

    @Test
    void shouldRefuseWithAReasonWhenAnUploadIsBad() throws Exception {
        // When, Then
        refused(post("", "text".getBytes(StandardCharsets.UTF_8)), 415, "unsupported_media_type");
        refused(post("", new byte[0]), 400, "bad_request");
        refused(post("?source=../etc", PHOTO), 400, "bad_request");
        refused(post("?sauce=x", PHOTO), 400, "bad_request");
        refused(post("?capturedAt=yesterday", PHOTO), 400, "bad_request");
        refused(post("", new byte[20_000]), 413, "too_large");
        refused(post("", PHOTO).setHeader("Content-Type", "text/plain"), 415, "unsupported_media");
        refused(post("", PHOTO).setHeader("Authorization", "Bearer no"), 401, "unauthorized");
        refused(post("", PHOTO).setHeader("Authorization", "Basic " + TOKEN), 401, "unauth");
        refused(post("", PHOTO).GET(), 405, "method_not_allowed");
        refused(post("/../secret", PHOTO), 404, "not_found");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldAnswerBeforeTheBodyWhenTokenOrSizeRuleItOut() throws Exception {
        // Given heads that promise a gigabyte, of which nothing is sent
        String wrong = head("Authorization: Bearer wrong", "Content-Length: 1000000000");
        String large = head("Authorization: Bearer " + TOKEN, "Content-Length: 1000000000");

        // When, Then the answer is there all the same
        assertThat(answerTo(wrong)).startsWith("HTTP/1.1 401");
        assertThat(answerTo(large)).startsWith("HTTP/1.1 413");
    }

    @Test
    void shouldStopReadingWhenABodyOfUnknownLengthIsTooLarge() throws Exception {
        // Given
        HttpRequest.BodyPublisher endless =
                HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[30_000]));

        // When, Then
        refused(post("", PHOTO).POST(endless), 413, "too_large");
    }

    @Test
    void shouldWaitForTheBrokersAndSayBusyWhenAllPlacesAreTaken() throws Exception {
        // Given a producer that acknowledges nothing yet, and one place
        server.close();
        start(false, 1);
        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(post("", PHOTO).build(), HttpResponse.BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == 1);

        // When another comes
        HttpResponse<String> busy = send(post("", PHOTO));

        // Then it is told to wait, and the first has no answer before the brokers have
        assertThat(busy.statusCode()).isEqualTo(429);
        assertThat(busy.headers().firstValue("Retry-After")).isPresent();
        assertThat(waiting).isNotDone();
        producer.completeNext();
        assertThat(waiting.get().statusCode()).isEqualTo(202);
    }

    @Test
    void shouldSayUnavailableWhenTheBrokersRefuse() throws Exception {
        // Given
        server.close();
        start(false, 1);
        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(post("", PHOTO).build(), HttpResponse.BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == 1);

        // When
        producer.errorNext(new TimeoutException("expired"));

        // Then
        assertThat(waiting.get().statusCode()).isEqualTo(503);
        assertThat(json(waiting.get()).get("error").asText()).isEqualTo("unavailable");
    }

    @Test
    void shouldAnswerWhatIsUnderWayWhenItStops() throws Exception {
        // Given an upload that waits
        server.close();
        start(false, 4);
        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(post("", PHOTO).build(), HttpResponse.BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(10)).until(() -> producer.history().size() == 1);

        // When the server stops, and refuses others meanwhile
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> send(post("", PHOTO)).statusCode() == 503);
        producer.completeNext();

        // Then
        assertThat(waiting.get().statusCode()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(10)).until(stopping::isDone);
    }

    @Test
    void shouldNotStartWhenThereIsNoTokenWorthTheName() {
        for (String token : new String[] {"", "short"}) {
            assertThatThrownBy(() -> new UploadServer(settings(token, 1), null, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("MAESTREAM_HTTP_TOKEN");
        }
    }

    private void start(boolean acknowledge, int places) throws IOException {
        producer = TestSenders.producer(acknowledge);
        PublishSettings publish = new PublishSettings(PayloadSettings.inline(10_000), 1_000_000);
        server =
                new UploadServer(
                        settings(TOKEN, places),
                        TestSenders.sender(producer, publish),
                        UploadObserver.NONE);
    }

    private static UploadSettings settings(String token, int places) {
        return new UploadSettings(
                "127.0.0.1",
                0,
                Optional.of(new Password(token)),
                Optional.<Path>empty(),
                new UploadSettings.Limits(places, 15_000, 1_000_000, Duration.ofSeconds(10)));
    }

    private HttpRequest.Builder post(String query, byte[] body) {
        return HttpRequest.newBuilder(URI.create(url() + query))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "image/jpeg")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpRequest.Builder multipart(byte[]... parts) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(
                    "--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../a\"\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            body.write(part);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
        return post("", body.toByteArray())
                .setHeader("Content-Type", "multipart/form-data; boundary=xyz");
    }

    private void refused(HttpRequest.Builder request, int status, String error) throws Exception {
        HttpResponse<String> response = send(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("error").asText()).startsWith(error);
        assertThat(json(response).get("detail").asText()).isNotBlank();
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private String url() {
        return "http://127.0.0.1:" + server.address().getPort() + "/images";
    }

    private static String head(String... lines) {
        return "POST /images HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\n"
                + String.join("\r\n", lines)
                + "\r\n\r\n";
    }

    private String answerTo(String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }
}
