package io.maestream.ingest.source.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedFilesTest {

    @TempDir Path folder;
    @TempDir Path state;
    private Path journal;

    @BeforeEach
    void name() {
        journal = state.resolve("inbox.journal");
    }

    @Test
    void shouldKeepOneLineForEachFileWhenItIsOpenedAgain() throws Exception {
        // Given a file that was written anew a hundred times, and another
        try (PublishedFiles files = open(10)) {
            for (int i = 1; i <= 100; i++) {
                files.add("a.jpg", stamp(i));
            }
            files.add("b.jpg", stamp(1));
        }
        assertThat(lines()).isEqualTo(101);

        // When
        try (PublishedFiles files = open(10)) {
            // Then what it knows is the same, the position in the source too
            assertThat(lines()).as("two files and how many were before").isEqualTo(3);
            assertThat(files.contains("a.jpg", stamp(100))).isTrue();
            assertThat(files.contains("a.jpg", stamp(99))).isFalse();
            assertThat(files.contains("b.jpg", stamp(1))).isTrue();
            assertThat(files.count()).isEqualTo(101);
            files.add("c.jpg", stamp(1));
        }

        // And it goes on, and needs no second compaction
        byte[] before = Files.readAllBytes(journal);
        try (PublishedFiles files = open(10)) {
            assertThat(files.count()).isEqualTo(102);
            assertThat(files.contains("c.jpg")).isTrue();
        }
        assertThat(journal).hasBinaryContent(before);
    }

    @Test
    void shouldForgetTheOldestOfThoseThatAreGoneWhenThereAreTooMany() throws Exception {
        // Given a thousand files, of which two are still there
        try (PublishedFiles files = open(10)) {
            for (int i = 0; i < 1000; i++) {
                files.add(i + ".jpg", stamp(i));
            }
        }
        Files.createFile(folder.resolve("0.jpg"));
        Files.createFile(folder.resolve("500.jpg"));

        // When
        try (PublishedFiles files = open(10)) {
            // Then
            assertThat(files.contains("0.jpg", stamp(0))).isTrue();
            assertThat(files.contains("500.jpg", stamp(500))).isTrue();
            assertThat(files.contains("989.jpg")).isFalse();
            assertThat(files.contains("990.jpg", stamp(990))).isTrue();
            assertThat(files.count()).isEqualTo(1000);
        }
        assertThat(lines()).isEqualTo(1 + 2 + 10);
    }

    @Test
    void shouldForgetNothingWhenTheFolderLooksUnmounted() throws Exception {
        // Given
        try (PublishedFiles files = open(10)) {
            for (int i = 0; i < 20; i++) {
                files.add(i + ".jpg", stamp(i));
            }
        }

        // When nothing of it is there
        open(10).close();

        // Then
        assertThat(lines()).isEqualTo(20);
    }

    @Test
    void shouldReadTheOldJournalWhenACrashCameBeforeTheNewOneWasInPlace() throws Exception {
        // Given
        try (PublishedFiles files = open(10)) {
            files.add("a.jpg", stamp(1));
            files.add("a.jpg", stamp(2));
        }
        Files.writeString(state.resolve("inbox.journal.new"), "# 1 before\n2 ");

        // When, Then
        try (PublishedFiles files = open(10)) {
            assertThat(files.contains("a.jpg", stamp(2))).isTrue();
            assertThat(files.count()).isEqualTo(2);
        }
        assertThat(state.resolve("inbox.journal.new")).doesNotExist();
    }

    @Test
    void shouldPassOverDamagedLinesAndDropThemWhenOpened() throws Exception {
        // Given zeros, as a power failure leaves them
        Files.write(journal, "1 1 a.jpg\n\0\0\0\n2 2 b.jpg\n3 3 c".getBytes());

        // When
        try (PublishedFiles files = open(10)) {
            // Then
            assertThat(files.contains("a.jpg")).isTrue();
            assertThat(files.contains("b.jpg")).isTrue();
            assertThat(files.contains("c")).isFalse();
            assertThat(files.count()).isEqualTo(3);
        }
        assertThat(journal).hasContent("# 1 before\n1 1 a.jpg\n2 2 b.jpg\n");
    }

    private PublishedFiles open(int keptOfAbsent) throws IOException {
        return PublishedFiles.open(journal, folder, keptOfAbsent);
    }

    private static FileStamp stamp(int n) {
        return new FileStamp(n, n);
    }

    private long lines() throws IOException {
        try (Stream<String> lines = Files.lines(journal)) {
            return lines.count();
        }
    }
}
