package io.maestream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.source.archive.ArchiveLimits;
import io.maestream.ingest.source.archive.ArchiveSource;
import io.maestream.ingest.source.directory.DirectorySettings;
import io.maestream.ingest.source.directory.DirectorySource;
import io.maestream.ingest.source.directory.PublishedFiles;
import io.maestream.ingest.source.directory.WatchSettings;
import io.maestream.ingest.source.directory.WatchedDirectorySource;
import io.maestream.ingest.source.video.CameraAddress;
import io.maestream.ingest.source.video.CameraSettings;
import io.maestream.ingest.source.video.CameraSource;
import io.maestream.ingest.source.video.MjpegServer;
import io.maestream.ingest.source.video.VideoFileSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every source of images promises. */
class ImageSourceContractTest {

    @TempDir static Path directory;
    @TempDir static Path state;
    private static MjpegServer camera;

    /** The sources; each gives more than ten images. */
    enum Kind {
        DIRECTORY {
            @Override
            ImageSource open() throws IOException {
                return new DirectorySource(
                        directory, "photos", new DirectorySettings(false, 1_000_000));
            }
        },
        REPEATED_DIRECTORY {
            @Override
            ImageSource open() throws IOException {
                return new DirectorySource(
                        directory, "photos", new DirectorySettings(true, 1_000_000));
            }
        },
        CAMERAS {
            @Override
            ImageSource open() {
                return new SimulatedCameraSource(
                        new SimulationSettings(3, 48, 32, 500, 7, 0, 0, 0), Pacer.realTime());
            }
        },
        RATE_LIMITED {
            @Override
            ImageSource open() throws IOException {
                return RateLimitedSource.wrap(DIRECTORY.open(), 500, Pacer.realTime());
            }
        },
        WATCHED_DIRECTORY {
            @Override
            ImageSource open() throws IOException {
                return new WatchedDirectorySource(
                        directory,
                        "photos",
                        new WatchSettings(Duration.ofMillis(5), Duration.ZERO, 1_000_000),
                        PublishedFiles.open(Files.createTempFile(state, "journal", ""), directory),
                        Pacer.realTime());
            }
        },
        ZIP {
            @Override
            ImageSource open() throws IOException {
                return new ArchiveSource(
                        state.resolve("a.zip"), "zip", ArchiveLimits.defaults(1_000_000));
            }
        },
        VIDEO {
            @Override
            ImageSource open() throws IOException {
                return new VideoFileSource(state.resolve("a.mjpeg"), "video", 0);
            }
        },
        CAMERA {
            @Override
            ImageSource open() {
                return new CameraSource(
                        CameraAddress.of(camera.url()),
                        "front",
                        CameraSettings.USUAL,
                        Pacer.realTime(),
                        SourceObserver.NONE);
            }

            @Override
            boolean isRepeatable() {
                return false;
            }
        };

        abstract ImageSource open() throws IOException;

        /** Whether a new reader sees what the first one saw. */
        boolean isRepeatable() {
            return true;
        }
    }

    @BeforeAll
    static void writeImages() throws IOException {
        for (int i = 0; i < 12; i++) {
            Path folder = Files.createDirectories(directory.resolve("f" + i % 3));
            Files.write(folder.resolve(i + ".jpg"), TestImages.jpeg(20 + i, 20));
        }
        List<byte[]> frames = new ArrayList<>();
        ByteArrayOutputStream video = new ByteArrayOutputStream();
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(state.resolve("a.zip")))) {
            for (int i = 0; i < 500; i++) {
                byte[] jpeg = TestImages.jpeg(64, 16 + i % 200);
                frames.add(jpeg);
                video.write(jpeg);
                zip.putNextEntry(new ZipEntry(i + ".jpg"));
                zip.write(jpeg);
            }
        }
        Files.write(state.resolve("a.mjpeg"), video.toByteArray());
        camera = new MjpegServer(frames, 100);
    }

    @AfterAll
    static void stopCamera() throws IOException {
        camera.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountUpWithinEachSourceIdWhenReadInTurn(Kind kind) throws Exception {
        // Given
        Map<String, Long> next = new HashMap<>();
        Set<String> names = new HashSet<>();

        // When
        List<SourceImage> images = take(kind, 11);

        // Then
        assertThat(images).hasSize(11);
        for (SourceImage image : images) {
            long expected = next.getOrDefault(image.sourceId(), 0L);
            assertThat(image.sequence()).isEqualTo(expected);
            next.put(image.sourceId(), expected + 1);
            assertThat(names.add(image.sourceId() + "/" + image.imageId())).isTrue();
            assertThat(TestImages.decode(image.bytes())).isNotNull();
            assertThat(image.size()).isEqualTo(image.bytes().length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameImagesWhenOpenedAgain(Kind kind) throws Exception {
        // Given
        assumeThat(kind.isRepeatable()).as("a camera never shows the same again").isTrue();
        List<SourceImage> first = take(kind, 9);

        // When
        List<SourceImage> second = take(kind, 9);

        // Then
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).bytes()).isEqualTo(first.get(i).bytes());
            assertThat(second.get(i).imageId()).isEqualTo(first.get(i).imageId());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAtItsEndWhenClosedTwice(Kind kind) throws Exception {
        // Given
        ImageSource source = kind.open();
        source.next();

        // When
        source.close();
        source.close();

        // Then
        assertThat(source.next()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndWhenAnotherThreadClosesIt(Kind kind) throws Exception {
        // Given a thread that reads to the end
        ImageSource source = kind.open();
        CompletableFuture<Void> reader =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                while (source.next().isPresent()) {
                                    Thread.onSpinWait();
                                }
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });

        // When
        source.close();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(reader::isDone);
        assertThat(reader).isCompleted();
    }

    private static List<SourceImage> take(Kind kind, int count) throws Exception {
        List<SourceImage> images = new ArrayList<>();
        try (ImageSource source = kind.open()) {
            Optional<SourceImage> image = source.next();
            while (image.isPresent() && images.size() < count) {
                images.add(image.get());
                image = source.next();
            }
        }
        return images;
    }
}
