package io.maestream.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.schemas.RawImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All the sources of a configuration in one process. */
class IngestRunIT {

    private static final String TOKEN = "a-token-of-some-length";

    @TempDir Path directory;

    @Test
    void shouldPublishTheOthersWhenSomeSourcesFail() throws Exception {
        // Given a folder, an archive, uploads, a camera that is not there, and a broken archive
        Path folder = Files.createDirectories(directory.resolve("folder"));
        for (int i = 0; i < 5; i++) {
            Files.write(folder.resolve(i + ".jpg"), new byte[] {(byte) i});
        }
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(directory.resolve("a.zip")))) {
            zip.putNextEntry(new ZipEntry("x.png"));
            zip.write(7);
        }
        Files.writeString(directory.resolve("broken.zip"), "no zip");
        Path token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        Path config = directory.resolve("sources.properties");
        Files.writeString(
                config,
                """
                source.folder.type=watch
                source.folder.path=folder
                source.archive.type=archive
                source.archive.path=a.zip
                source.broken.type=archive
                source.broken.path=broken.zip
                source.gone.type=camera
                source.gone.uri=rtsp://viewer:s3cret@127.0.0.1:1/live
                source.web.type=http
                http.port=0
                http.token.file=%s
                """
                        .formatted(token));
        try (EmbeddedBroker broker =
                        new EmbeddedBroker(
                                        new BrokerSettings(
                                                directory.resolve("broker"), 0, 64 << 20))
                                .start();
                MaestreamProcess ingest = start(broker, config)) {
            RawTopic topic = new RawTopic(broker.bootstrapServers());

            // When it runs, and somebody uploads
            String url = ingest.awaitLine("Uploads at ");
            assertThat(upload(url)).isEqualTo(202);
            await().atMost(Duration.ofSeconds(60)).until(() -> topic.size() == 7);

            // Then it stops in order, and says what has failed; the log shows no password
            assertThat(ingest.terminate()).isEqualTo(1);
            assertThat(topic.all())
                    .extracting(RawImage::getSourceId)
                    .containsOnly("folder", "archive", "uploads");
            assertThat(Files.readString(directory.resolve(".maestream/logs/maestream.log")))
                    .contains("Source lost")
                    .doesNotContain("s3cret");
        }
    }

    private MaestreamProcess start(EmbeddedBroker broker, Path config) throws Exception {
        new RawTopic(broker.bootstrapServers()).create();
        return new MaestreamProcess(
                directory,
                "ingest",
                "run",
                "--config",
                config.toString(),
                "--bootstrap",
                broker.bootstrapServers());
    }

    private static int upload(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "image/gif")
                        .POST(HttpRequest.BodyPublishers.ofString("GIF89a"))
                        .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
