package io.maestream.ingest.source.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {

    private static final DirectorySettings ONCE = new DirectorySettings(false, 100);

    @TempDir Path directory;

    @Test
    void shouldFindImagesInTheOrderOfNamesWhenTheyLieInFolders() throws Exception {
        // Given
        write("b.PNG", 3);
        write("a/z.JPEG", 3);
        write("a/deep/x.jpg", 3);
        write("c.txt", 3);
        write("noextension", 3);
        write("jpg", 3);

        // When
        List<SourceImage> images = all(new DirectorySource(directory, "s", ONCE));

        // Then
        assertThat(images)
                .extracting(SourceImage::imageId)
                .containsExactly("a/deep/x.jpg", "a/z.JPEG", "b.PNG", "jpg");
        assertThat(images).extracting(SourceImage::sequence).containsExactly(0L, 1L, 2L, 3L);
        assertThat(images).allMatch(image -> image.sourceId().equals("s"));
    }

    @Test
    void shouldStillGiveAnImageWhenAFileIsEmptyOrDangling() throws Exception {
        // Given
        write("empty.jpg", 0);
        Files.createSymbolicLink(directory.resolve("gone.jpg"), directory.resolve("nowhere"));

        // When
        List<SourceImage> images = all(new DirectorySource(directory, "s", ONCE));

        // Then
        assertThat(images)
                .extracting(SourceImage::imageId)
                .containsExactly("empty.jpg", "gone.jpg");
        assertThat(images).allMatch(image -> image.bytes().length == 0 && image.size() == 0);
    }

    @Test
    void shouldNotReadBytesWhenAFileIsOverTheLimit() throws Exception {
        // Given
        write("fits.jpg", 100);
        write("large.jpg", 101);

        // When
        List<SourceImage> images = all(new DirectorySource(directory, "s", ONCE));

        // Then
        assertThat(images).extracting(SourceImage::size).containsExactly(100L, 101L);
        assertThat(images.get(1).bytes()).isEmpty();
    }

    @Test
    void shouldBeginAgainUnderNewNamesWhenRepeating() throws Exception {
        // Given
        write("a.jpg", 1);
        write("b.jpg", 1);
        DirectorySource source =
                new DirectorySource(directory, "s", new DirectorySettings(true, 100));

        // When
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(source.next().orElseThrow().imageId());
        }

        // Then
        assertThat(names).containsExactly("a.jpg", "b.jpg", "a.jpg#2", "b.jpg#2", "a.jpg#3");
    }

    @Test
    void shouldEndWhenRepeatingOverNothing() throws Exception {
        // Given
        DirectorySource source =
                new DirectorySource(directory, "s", new DirectorySettings(true, 100));

        // When, Then
        assertThat(source.next()).isEmpty();
    }

    @Test
    void shouldNotBeTrappedWhenFoldersLinkInACircle() throws Exception {
        // Given
        write("a/x.jpg", 1);
        Files.createSymbolicLink(directory.resolve("a/back"), directory);

        // When, Then
        assertThat(all(new DirectorySource(directory, "s", ONCE))).hasSize(1);
    }

    @Test
    void shouldNameThePathWhenItIsNoDirectory() {
        assertThatThrownBy(() -> new DirectorySource(directory.resolve("nope"), "s", ONCE))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining("nope");
    }

    private void write(String name, int size) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
    }

    private static List<SourceImage> all(DirectorySource source) throws IOException {
        List<SourceImage> images = new ArrayList<>();
        for (Optional<SourceImage> i = source.next(); i.isPresent(); i = source.next()) {
            images.add(i.get());
        }
        return images;
    }
}
