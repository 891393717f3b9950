package io.maestream.ingest.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.payload.BadPayloadException.Reason;
import io.maestream.schemas.PayloadReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePayloadStoreTest {

    private static final byte[] BYTES = {1, 2, 3, 4};

    @TempDir Path directory;

    @Test
    void shouldGiveTheSameBytesWhenReadWhatWasWritten() throws Exception {
        // Given
        FilePayloadStore store = store(100);

        // When
        PayloadReference reference = store.write(BYTES, Sha256.of(BYTES));

        // Then
        assertThat(store.read(reference)).isEqualTo(BYTES);
        assertThat(reference.getSize()).isEqualTo(4);
        assertThat(reference.getSha256()).isEqualTo(Sha256.of(BYTES));
        assertThat(reference.getUri()).startsWith("file:").endsWith("/" + Sha256.of(BYTES));
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldKeepOneFileAndMakeItYoungWhenWrittenAgain() throws Exception {
        // Given a payload from long ago
        FilePayloadStore store = store(100);
        store.write(BYTES, Sha256.of(BYTES));
        Files.setLastModifiedTime(files().get(0), FileTime.from(Instant.EPOCH));

        // When somebody publishes it again, and the old ones are swept
        store.write(BYTES, Sha256.of(BYTES));
        int swept = store.sweep(Instant.now().minusSeconds(3600));

        // Then it stays
        assertThat(swept).isZero();
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldReplaceWhatACrashHasCutShortWhenWrittenAgain() throws Exception {
        // Given a file of the right name and the wrong size
        FilePayloadStore store = store(100);
        PayloadReference reference = store.write(BYTES, Sha256.of(BYTES));
        Files.write(files().get(0), new byte[2]);

        // When
        store.write(BYTES, Sha256.of(BYTES));

        // Then
        assertThat(store.read(reference)).isEqualTo(BYTES);
    }

    @Test
    void shouldSweepWhatIsOldAndNothingElseWhenSwept() throws Exception {
        // Given old payloads, unfinished ones, and a file of somebody else's
        FilePayloadStore store = store(100);
        store.write(BYTES, Sha256.of(BYTES));
        Files.write(files().get(0).resolveSibling(".unfinished-x"), BYTES);
        Path foreign = Files.write(directory.resolve("notes.txt"), BYTES);
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        }

        // When
        int swept = store.sweep(Instant.now());

        // Then
        assertThat(swept).isEqualTo(2);
        assertThat(files()).containsExactly(foreign);
    }

    @Test
    void shouldSweepAtFirstAndThenOnceAnHourWhenWriting() throws Exception {
        // Given an old payload
        store(100).write(BYTES, Sha256.of(BYTES));
        Path old = files().get(0);
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        PayloadWriter writer =
                SweepingWriter.wrap(store(100), Duration.ofDays(1), Clock.systemUTC());
        byte[] other = {9};

        // When
        writer.write(other, Sha256.of(other));
        assertThat(files()).doesNotContain(old);
        store(100).write(BYTES, Sha256.of(BYTES));
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        writer.write(other, Sha256.of(other));

        // Then
        assertThat(files()).contains(old);
    }

    @Test
    void shouldSayWhatIsWrongWhenAReferenceIsNotToBeTrusted() throws Exception {
        // Given
        FilePayloadStore store = store(3);
        String digest = Sha256.of(BYTES);
        PayloadReference good = store.write(BYTES, digest);
        String uri = good.getUri();

        // When, Then
        fails(store, new PayloadReference(uri, "../../etc/passwd", 4L), Reason.BAD_REFERENCE);
        fails(store, new PayloadReference("http://x/" + digest, digest, 4L), Reason.BAD_REFERENCE);
        fails(store, new PayloadReference("file:///etc/passwd", digest, 4L), Reason.BAD_REFERENCE);
        fails(store, new PayloadReference(uri, digest, -1L), Reason.BAD_REFERENCE);
        fails(store, good, Reason.TOO_LARGE);
    }

    @Test
    void shouldFindDamageWhenAStoredFileIsNotWhatWasPublished() throws Exception {
        // Given
        FilePayloadStore store = store(100);
        PayloadReference reference = store.write(BYTES, Sha256.of(BYTES));

        // When, Then: other bytes, fewer, more, none
        for (byte[] other : List.of(new byte[] {1, 2, 3, 5}, new byte[3], new byte[5])) {
            Files.write(files().get(0), other);
            fails(store, reference, Reason.DAMAGED);
        }
        Files.delete(files().get(0));
        fails(store, reference, Reason.MISSING);
    }

    @Test
    void shouldTellAnAbsentStoreFromAnAbsentImageWhenReading() throws Exception {
        // Given a directory that is not mounted here
        PayloadReference reference = store(100).write(BYTES, Sha256.of(BYTES));
        FilePayloadStore elsewhere = new FilePayloadStore(directory.resolve("absent"), 100);

        // When, Then a second try may succeed
        assertThatThrownBy(() -> elsewhere.read(reference))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mount the directory");
    }

    private static void fails(FilePayloadStore store, PayloadReference reference, Reason reason) {
        assertThatThrownBy(() -> store.read(reference))
                .isInstanceOfSatisfying(
                        BadPayloadException.class,
                        bad -> assertThat(bad.reason()).isEqualTo(reason));
    }

    private FilePayloadStore store(int maxBytes) {
        return new FilePayloadStore(directory, maxBytes);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
