package io.maestream.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.publish.PublishSettings;
import io.maestream.ingest.publish.RawImageSender;
import io.maestream.ingest.upload.UploadObserver;
import io.maestream.ingest.upload.UploadServer;
import io.maestream.ingest.upload.UploadSettings;
import io.maestream.schemas.RawImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads, good and bad, while the broker is killed with SIGKILL and started again. */
class UploadIT {

    private static final int UPLOADS = 200;
    private static final String TOKEN = "a-token-of-some-length";

    @TempDir Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> good = new HashSet<>();

    @Test
    void shouldHaveEveryAcceptedImageOnTheTopicAndNoOtherWhenTheBrokerIsKilled() throws Exception {
        // Given
        int port = freePort();
        int acceptedBefore = 0;
        MaestreamProcess broker = broker(port);
        RawTopic topic = new RawTopic("127.0.0.1:" + port);
        topic.create();
        ExecutorService clients = Executors.newFixedThreadPool(UPLOADS);
        try (UploadServer server = server(topic)) {
            // When 200 come at once, and the broker dies after some of them
            List<CompletableFuture<Void>> uploads = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                Upload upload = upload(i);
                uploads.add(CompletableFuture.runAsync(() -> send(upload, server), clients));
                if (i == UPLOADS / 3) {
                    await().atMost(Duration.ofSeconds(30)).until(() -> accepted.size() > 10);
                    broker.kill();
                    acceptedBefore = accepted.size();
                }
            }
            broker = broker(port);
            CompletableFuture.allOf(uploads.toArray(CompletableFuture[]::new)).join();
        } finally {
            clients.shutdownNow();
        }

        // Then
        List<RawImage> all = topic.all();
        assertThat(all).extracting(RawImage::getSha256).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(RawImage::getSha256)
                .containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(good).containsAll(accepted).hasSizeGreaterThan(acceptedBefore);
        assertThat(accepted).as("some had to wait").hasSizeGreaterThan(acceptedBefore);
        assertThat(statuses).containsKeys(202, 401, 413, 415);
        assertThat(statuses.get(401)).hasValue(UPLOADS / 5);
        assertThat(statuses.get(413)).hasValue(UPLOADS / 5);
        assertThat(statuses.get(415)).hasValue(UPLOADS / 5);
        assertThat(statuses.values().stream().mapToInt(AtomicInteger::get).sum())
                .isEqualTo(UPLOADS);
        broker.close();
    }

    private record Upload(byte[] body, String type, String token) {}

    /** Of five: two good ones, a text, one without the token, one too large. */
    private Upload upload(int i) {
        byte[] image = new byte[20_000];
        new Random(i).nextBytes(image);
        image[0] = (byte) 0xFF;
        image[1] = (byte) 0xD8;
        image[2] = (byte) 0xFF;
        return switch (i % 5) {
            case 0, 1 -> {
                good.add(Sha256.of(image));
                yield new Upload(image, "image/jpeg", TOKEN);
            }
            case 2 -> new Upload("text".getBytes(), "text/plain", TOKEN);
            case 3 -> new Upload(image, "image/jpeg", "wrong");
            default -> new Upload(new byte[60_000], "image/jpeg", TOKEN);
        };
    }

    private void send(Upload upload, UploadServer server) {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/images");
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + upload.token())
                        .header("Content-Type", upload.type())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(upload.body()))
                        .build();
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            statuses.computeIfAbsent(response.statusCode(), s -> new AtomicInteger())
                    .incrementAndGet();
            if (response.statusCode() == 202) {
                new ObjectMapper()
                        .readTree(response.body())
                        .get("accepted")
                        .forEach(image -> accepted.add(image.get("id").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MaestreamProcess broker(int port) throws IOException {
        MaestreamProcess broker =
                new MaestreamProcess(directory, "broker", "--port", Integer.toString(port));
        broker.awaitLine("Broker at ");
        return broker;
    }

    private static UploadServer server(RawTopic topic) throws IOException {
        UploadSettings settings =
                new UploadSettings(
                        "127.0.0.1",
                        0,
                        Optional.of(new Password(TOKEN)),
                        Optional.empty(),
                        new UploadSettings.Limits(
                                UPLOADS, 50_000, 1 << 26, Duration.ofSeconds(20)));
        PublishSettings publish = new PublishSettings(PayloadSettings.inline(50_000), 1 << 26);
        return new UploadServer(
                settings, new RawImageSender(topic.clients(), publish), UploadObserver.NONE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
