package io.maestream.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.ingest.payload.Sha256;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishers of a watched folder, killed with SIGKILL in mid-stream, and what preparation makes of
 * it.
 */
class KilledPublisherIT {

    private static final int FILES = 400;
    private static final byte[] BAD = {1, 2, 3};

    @TempDir Path directory;

    @Test
    void shouldPrepareEveryFileOnceWhenThePublisherIsKilledAgainAndAgain() throws Exception {
        // Given a folder of files, each with its own content
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        write(inbox, 0, FILES / 2);
        try (EmbeddedBroker broker = broker()) {
            RawTopic topic = new RawTopic(broker.bootstrapServers());
            topic.create();
            MaestreamProcess preparation = preparation(broker);

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

            // And each is prepared once, or rejected once
            awaitPrepared(topic, inbox);
            preparation.close();
        }
    }

    private void awaitPrepared(RawTopic topic, Path inbox) throws Exception {
        List<String> good =
                digests(inbox).stream().filter(digest -> !digest.equals(badDigest())).toList();
        List<String> prepared = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        try (var images =
                        topic.clients()
                                .consumer(
                                        AvroSerde.deserializer(PreparedImage.class),
                                        Map.of("group.id", "p"));
                var others =
                        topic.clients()
                                .consumer(
                                        AvroSerde.deserializer(RejectedImage.class),
                                        Map.of("group.id", "r"))) {
            images.subscribe(List.of(Topics.IMAGES_PREPARED));
            others.subscribe(List.of(Topics.IMAGES_REJECTED));
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                images.poll(Duration.ofMillis(200))
                                        .forEach(i -> prepared.add(digest(i.value())));
                                others.poll(Duration.ofMillis(200))
                                        .forEach(r -> rejected.add(r.value().getImageId()));
                                return prepared.size() + rejected.size() > FILES;
                            });
        }
        assertThat(prepared).containsExactlyInAnyOrderElementsOf(good);
        assertThat(rejected).containsExactly("f0000.jpg");
    }

    private static String digest(PreparedImage image) {
        byte[] bytes = new byte[image.getPayload().remaining()];
        image.getPayload().duplicate().get(bytes);
        return Sha256.of(bytes);
    }

    private MaestreamProcess preparation(EmbeddedBroker broker) throws IOException {
        return new MaestreamProcess(
                Files.createDirectories(directory.resolve("preparation")),
                "prepare",
                "--bootstrap",
                broker.bootstrapServers(),
                "--set",
                "prepare.similar.bits=-1");
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

    /** Images that differ by what follows their end; the first is none. */
    private static void write(Path inbox, int from, int to) throws IOException {
        byte[] picture = picture();
        for (int i = from; i < to; i++) {
            byte[] bytes =
                    i == 0
                            ? BAD
                            : ByteBuffer.allocate(picture.length + 4)
                                    .put(picture)
                                    .putInt(i)
                                    .array();
            Path unfinished = inbox.resolve(".f%04d".formatted(i));
            Files.write(unfinished, bytes);
            Files.move(unfinished, inbox.resolve("f%04d.jpg".formatted(i)));
        }
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(128, 96, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 128 * 96; i++) {
            image.setRGB(i % 128, i / 128, i * 977);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    private static String badDigest() {
        return Sha256.of(BAD);
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
