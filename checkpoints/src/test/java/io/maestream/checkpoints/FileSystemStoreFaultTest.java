package io.maestream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does when the disk, or somebody else in its directory, misbehaves. */
class FileSystemStoreFaultTest {

    private static final String ID = "step-000000001-aaaaaaaa";

    @TempDir Path directory;

    @Test
    void shouldNameTheFileAndLeaveNothingWhenTheDiskIsFull() throws IOException {
        // Given
        FileSystemStore store = new FileSystemStore(directory);

        // When
        assertThatThrownBy(
                        () -> {
                            try (CheckpointDraft draft = store.begin(ID)) {
                                draft.write("model", "model.bin", out -> fail(out.write(bytes(9))));
                            }
                        })
                .isInstanceOf(CheckpointException.class)
                .hasMessage("cannot write model.bin of checkpoint " + ID + ": no space left");

        // Then
        assertThat(entries()).isEmpty();
    }

    @Test
    void shouldNotPublishWhenAFileFailed() throws IOException {
        // Given a caller that goes on after a failure
        FileSystemStore store = new FileSystemStore(directory);
        try (CheckpointDraft draft = store.begin(ID)) {
            assertThatThrownBy(() -> draft.write("model", "model.bin", out -> fail(0)))
                    .isInstanceOf(CheckpointException.class);

            // When, Then
            assertThatThrownBy(() -> draft.publish(files -> Manifests.of(ID, files)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(ID)
                    .hasMessageContaining("failed");
        }
        assertThat(store.ids()).isEmpty();
    }

    @Test
    void shouldSayWhereWhenTheStoreCannotBeMade() throws IOException {
        // Given a root that is a file: as good as a read-only disk, also for root
        Path file = Files.createFile(directory.resolve("file"));

        // When, Then
        assertThatThrownBy(() -> new FileSystemStore(file.resolve("store")).begin(ID))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("cannot begin checkpoint " + ID)
                .hasMessageContaining(file.toString());
    }

    @Test
    void shouldBeInTheMiddleOfAFileWhenMidWriteIsReported() throws IOException {
        // Given
        AtomicLong seen = new AtomicLong(-1);
        int size = 5 << 20;
        FileSystemStore store =
                new FileSystemStore(
                        directory,
                        point -> {
                            if (point == PublishPoint.MID_WRITE) {
                                seen.compareAndSet(-1, sizeOf("model.bin"));
                            }
                        });

        // When
        try (CheckpointDraft draft = store.begin(ID)) {
            FileEntry entry = draft.write("model", "model.bin", out -> out.write(bytes(size)));
            assertThat(entry.size()).isEqualTo(size);
        }

        // Then
        assertThat(seen.get()).isBetween(1L, size - 1L);
    }

    @Test
    void shouldPassOverWhatIsNoCheckpointOfThisStore() throws IOException {
        // Given a checkpoint, a stray folder with a manifest, and a link to a checkpoint elsewhere
        FileSystemStore store = new FileSystemStore(directory.resolve("store"));
        publish(store, ID);
        Path stray = Files.createDirectory(directory.resolve("store/copy of step-1"));
        Files.copy(store.directory(ID).resolve("manifest.json"), stray.resolve("manifest.json"));
        Path link = directory.resolve("store/linked");
        Files.createSymbolicLink(link, store.directory(ID));

        // When, Then
        assertThat(store.ids()).containsExactly(ID);
    }

    @Test
    void shouldNeverShowACheckpointThatIsBeingDeleted() throws IOException {
        // Given somebody who watches the store
        FileSystemStore store = new FileSystemStore(directory);
        publish(store, ID);
        try (var watch = directory.getFileSystem().newWatchService()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);

            // When
            store.delete(ID);

            // Then it was first renamed to what no reader takes for a checkpoint
            var key = watch.poll(10, TimeUnit.SECONDS);
            assertThat(key).isNotNull();
            assertThat(key.pollEvents())
                    .first()
                    .satisfies(e -> assertThat(e.context().toString()).startsWith(".tmp-"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(entries()).isEmpty();
    }

    @Test
    void shouldNotSweepADraftWhenAFileInsideIsStillWritten() throws IOException {
        // Given a directory nobody added to for long, with one file that grows
        FileSystemStore store = new FileSystemStore(directory);
        Instant now = Instant.now();
        try (CheckpointDraft draft = store.begin(ID)) {
            draft.write("encoder", "encoder/model.bin", out -> out.write(bytes(9)));
            Path hidden = directory.resolve(entries().get(0));
            FileTime old = FileTime.from(now.minusSeconds(7_200));
            Files.setLastModifiedTime(hidden.resolve("encoder"), old);
            Files.setLastModifiedTime(hidden, old);

            // When, Then
            assertThat(store.sweepAbandoned(now.minusSeconds(3_600))).isZero();
            Files.setLastModifiedTime(hidden.resolve("encoder/model.bin"), old);
            assertThat(store.sweepAbandoned(now.minusSeconds(3_600))).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAManifestThatIsTooLargeToBeOne() throws IOException {
        // Given
        FileSystemStore store = new FileSystemStore(directory);
        publish(store, ID);
        try (var file =
                new RandomAccessFile(store.directory(ID).resolve("manifest.json").toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        // When, Then
        assertThatThrownBy(() -> store.manifest(ID))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(ID)
                .hasMessageContaining("3221225472 bytes, the limit is");
    }

    @Test
    void shouldNameTheFolderWhenItIsALinkOutOfTheCheckpoint() throws IOException {
        // Given a checkpoint whose encoder folder was moved away and linked
        FileSystemStore store = new FileSystemStore(directory.resolve("store"));
        publish(store, ID);
        Path folder = store.directory(ID).resolve("encoder");
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(folder, elsewhere);
        Files.createSymbolicLink(folder, elsewhere);

        // When
        Verification verification = CheckpointVerifier.verify(store, ID, null);

        // Then
        assertThat(verification.problems()).containsExactly("encoder: not in the manifest");
    }

    private static void publish(FileSystemStore store, String id) throws IOException {
        try (CheckpointDraft draft = store.begin(id)) {
            draft.write("encoder", "encoder/model.bin", out -> out.write(bytes(9)));
            draft.publish(files -> Manifests.of(id, files));
        }
    }

    private static void fail(int written) throws IOException {
        throw new IOException("no space left");
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size);
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private long sizeOf(String name) {
        try {
            return Files.size(directory.resolve(entries().get(0)).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
