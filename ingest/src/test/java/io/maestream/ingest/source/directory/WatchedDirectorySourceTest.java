package io.maestream.ingest.source.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedDirectorySourceTest {

    @TempDir Path directory;
    @TempDir Path state;

    /** Time that passes by waiting; after so many looks the source is closed. */
    private static final class Looks implements Pacer {
        private Instant now = Instant.ofEpochSecond(1_000_000);
        private int left;

        Looks(int looks) {
            this.left = looks;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public boolean await(Instant due) {
            now = due.isAfter(now) ? due : now;
            return left-- > 0;
        }

        @Override
        public void close() {
            left = 0;
        }
    }

    @Test
    void shouldGiveEachFileOnceWhenItHasSettled() throws Exception {
        // Given files, old and new, of which one is hidden and one no image
        write("b.jpg", 100);
        write("sub/a.png", 50);
        write(".hidden.jpg", 1);
        write("readme.txt", 1);

        // When
        List<SourceImage> images = watch(8, true);

        // Then the oldest comes first
        assertThat(images).extracting(SourceImage::imageId).containsExactly("sub/a.png", "b.jpg");
        assertThat(images).extracting(SourceImage::sequence).containsExactly(0L, 1L);
    }

    @Test
    void shouldNeitherRepeatNorForgetWhenItIsRestarted() throws Exception {
        // Given one file acknowledged, and one read but not acknowledged before the end
        write("a.jpg", 1);
        watch(5, true);
        write("b.jpg", 2);
        watch(5, false);

        // When it is started again, with a third
        write("c.jpg", 3);
        List<SourceImage> images = watch(5, true);

        // Then
        assertThat(images).extracting(SourceImage::imageId).containsExactly("b.jpg", "c.jpg");
        assertThat(images).extracting(SourceImage::sequence).containsExactly(1L, 2L);
        assertThat(watch(5, true)).isEmpty();
    }

    @Test
    void shouldGiveANewImageWhenAFileIsWrittenAnew() throws Exception {
        // Given
        write("a.jpg", 1);
        watch(5, true);

        // When
        write("a.jpg", 7);
        List<SourceImage> images = watch(5, true);

        // Then
        assertThat(images).extracting(SourceImage::imageId).containsExactly("a.jpg@7000000");
    }

    @Test
    void shouldWaitWhenSomebodyHasTheFileOpenForWriting() throws Exception {
        // Given a writer that has paused for long
        Path file = write("slow.jpg", 1);
        try (OutputStream writer = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            // When, Then
            assertThat(watch(10, true)).isEmpty();
            writer.write(1);
        }
        assertThat(watch(10, true)).extracting(SourceImage::imageId).containsExactly("slow.jpg");
    }

    @Test
    void shouldRepeatOnlyTheLastWhenTheJournalWasCutShort() throws Exception {
        // Given a crash in the middle of a line
        write("a.jpg", 1);
        write("b.jpg", 2);
        watch(5, true);
        Path journal = state.resolve("journal");
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(bytes, bytes.length - 3));

        // When
        List<SourceImage> images = watch(5, true);

        // Then, and the journal is whole again
        assertThat(images).extracting(SourceImage::imageId).containsExactly("b.jpg");
        assertThat(watch(5, true)).isEmpty();
    }

    @Test
    void shouldRememberWhenANameHasALineBreak() throws Exception {
        // Given
        write("a\n1 2 x.jpg", 1);
        assertThat(watch(5, true)).hasSize(1);

        // When, Then
        assertThat(watch(5, true)).isEmpty();
    }

    @Test
    void shouldRefuseWhenAnotherHoldsTheJournal() throws Exception {
        try (PublishedFiles held = PublishedFiles.open(state.resolve("journal"), directory)) {
            assertThat(held.count()).isZero();
            assertThatThrownBy(() -> PublishedFiles.open(state.resolve("journal"), directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process");
        }
    }

    private List<SourceImage> watch(int looks, boolean acknowledge) throws Exception {
        WatchedDirectorySource source =
                new WatchedDirectorySource(
                        directory,
                        "inbox",
                        new WatchSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), 1000),
                        PublishedFiles.open(state.resolve("journal"), directory),
                        new Looks(looks));
        List<SourceImage> images = new ArrayList<>();
        for (var next = source.next(); next.isPresent(); next = source.next()) {
            images.add(next.get());
        }
        source.close();
        if (acknowledge) {
            images.forEach(source::acknowledged);
        }
        source.release();
        return images;
    }

    private Path write(String name, int secondsSince1970) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[10]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(secondsSince1970)));
        return file;
    }
}
