package io.maestream.ingest.source.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.SourceObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real RTSP server that is killed and restarted; each frame shows which one it is. */
class NumberedCameraIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir static Path directory;

    private final List<SourceImage> images = new CopyOnWriteArrayList<>();
    private final List<Instant> gaps = new CopyOnWriteArrayList<>();

    private final SourceObserver observer =
            new SourceObserver() {
                @Override
                public void gap(String sourceId, Instant from, Instant to) {
                    gaps.addAll(List.of(from, to));
                }
            };

    @BeforeAll
    static void isThere() throws Exception {
        assumeThat(RtspServer.isInstalled()).as("no GStreamer RTSP server for Python").isTrue();
    }

    @Test
    void shouldShowEachFrameOnceAndMissOnlyThoseOfTheGapWhenTheServerIsRestarted()
            throws Exception {
        // When it is killed and restarted
        List<Long> numbers;
        try (RtspServer server = new RtspServer(directory, List.of())) {
            numbers = shownThroughARestart(server, false);
        }

        // Then frames are missing in one place only, and that is the gap
        assertMissingInTheGapOnly(numbers);
    }

    @Test
    void shouldShowEachFrameOnceWhenTheyComeOverUdp() throws Exception {
        // When
        List<Long> numbers;
        try (RtspServer server = new RtspServer(directory, List.of())) {
            numbers = shownThroughARestart(server, true);
        }

        // Then none comes twice or late; UDP may lose some at any time
        assertThat(NumberedFrames.jumps(numbers)).as("of %s", numbers).isNotEmpty();
        assertThat(gaps).hasSize(2);
    }

    @Test
    void shouldShowEachFrameOnceWhenTheConnectionIsEncrypted() throws Exception {
        // Given a certificate that nobody else has signed, as cameras have
        assumeThat(OPENSSL).as("no openssl to make a certificate").isExecutable();
        Path certificate = certificate();

        // When
        List<Long> numbers;
        try (RtspServer server = new RtspServer(directory, List.of(), Optional.of(certificate))) {
            assertThat(server.numberedUrl()).startsWith("rtsps://");
            numbers = shownThroughARestart(server, false);
        }

        // Then
        assertMissingInTheGapOnly(numbers);
    }

    private void assertMissingInTheGapOnly(List<Long> numbers) {
        List<Integer> jumps = NumberedFrames.jumps(numbers);
        assertThat(jumps).as("of %s", numbers).hasSize(1);
        int after = jumps.get(0);
        assertThat(gaps)
                .containsExactly(
                        images.get(after - 1).capturedAt(), images.get(after).capturedAt());
    }

    private List<Long> shownThroughARestart(RtspServer server, boolean udp) throws Exception {
        CameraSettings settings = new CameraSettings(0, Duration.ofMillis(1500), udp);
        CameraSource camera =
                new CameraSource(
                        CameraAddress.of(server.numberedUrl()),
                        "numbered",
                        settings,
                        Pacer.realTime(),
                        observer);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(camera));
        try {
            await().atMost(PATIENCE).until(() -> images.size() >= 25);
            server.kill();
            server.start();
            await().atMost(PATIENCE).until(() -> !gaps.isEmpty());
            int before = images.size();
            await().atMost(PATIENCE).until(() -> images.size() >= before + 25);
        } finally {
            camera.close();
        }
        reading.join();
        List<Long> numbers = new ArrayList<>();
        for (SourceImage image : images) {
            numbers.add(NumberedFrames.number(image.bytes()));
        }
        return numbers;
    }

    private void read(CameraSource camera) {
        try {
            for (var next = camera.next(); next.isPresent(); next = camera.next()) {
                images.add(next.get());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path certificate() throws IOException, InterruptedException {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        List<String> command =
                List.of(
                        OPENSSL.toString(),
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=camera",
                        "-days",
                        "2",
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString());
        Process openssl = new ProcessBuilder(command).redirectErrorStream(true).start();
        openssl.getInputStream().readAllBytes();
        assertThat(openssl.waitFor()).isZero();
        return Files.writeString(
                directory.resolve("both.pem"),
                Files.readString(certificate) + Files.readString(key));
    }
}
