package io.maestream.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.ingest.payload.Sha256;
import io.maestream.schemas.RawImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers of a watched folder, killed with SIGKILL in mid-stream. */
class KilledPublisherIT {

    private static final int FILES = 400;

    @TempDir Path directory;

    @Test
    void shouldPublishEveryFileWhenThePublisherIsKilledAgainAndAgain() throws Exception {
        // Given a folder of files, each with its own content
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        write(inbox, 0, FILES / 2);
        try (EmbeddedBroker broker = broker()) {
            RawTopic topic = new RawTopic(broker.bootstrapServers());
            topic.create();

            // When the publisher is killed twice, and more files come meanwhile
            killAfter(topic, broker, inbox, 30);
            write(inbox, FILES / 2, FILES);
            killAfter(topic, broker, inbox, 150);

            // Then one that is left alone completes it, and stops in order
            try (MaestreamProcess last = publisher(broker, inbox, "500")) {
                await().atMost(Duration.ofSeconds(60)).until(() -> names(topic) == FILES);
                assertThat(last.terminate()).isZero();
            }
            List<RawImage> all = topic.all();
            assertThat(all).extracting(RawImage::getSha256).containsAll(digests(inbox));
            long repeats = all.size() - FILES;
            assertThat(repeats).as("only what was not yet noted is repeated").isBetween(0L, 100L);

            // And another start publishes what is new and nothing else
            write(inbox, FILES, FILES + 1);
            try (MaestreamProcess again = publisher(broker, inbox, "500")) {
                await().atMost(Duration.ofSeconds(60)).until(() -> topic.size() > all.size());
                assertThat(again.terminate()).isZero();
            }
            assertThat(topic.size()).isEqualTo(all.size() + 1);
        }
    }

    private void killAfter(RawTopic topic, EmbeddedBroker broker, Path inbox, int more)
            throws Exception {
        long before = topic.size();
        try (MaestreamProcess publisher = publisher(broker, inbox, "100")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> topic.size() >= before + more);
            publisher.kill();
        }
    }

    private MaestreamProcess publisher(EmbeddedBroker broker, Path inbox, String rate)
            throws Exception {
        return new MaestreamProcess(
                directory,
                "ingest",
                "dir",
                inbox.toString(),
                "--watch",
                "--rate",
                rate,
                "--bootstrap",
                broker.bootstrapServers());
    }

    private EmbeddedBroker broker() {
        return new EmbeddedBroker(new BrokerSettings(directory.resolve("broker"), 0, 64 << 20))
                .start();
    }

    private static long names(RawTopic topic) {
        return topic.all().stream().map(RawImage::getImageId).distinct().count();
    }

    private static void write(Path inbox, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            Files.writeString(inbox.resolve("f%04d.jpg".formatted(i)), "content of " + i);
        }
    }

    private static List<String> digests(Path inbox) throws Exception {
        try (var files = Files.list(inbox)) {
            return files.map(KilledPublisherIT::digest).toList();
        }
    }

    private static String digest(Path file) {
        try {
            return Sha256.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
