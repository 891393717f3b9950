package io.maestream.ingest.source.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveSourceTest {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(1000, 50, 100);

    @TempDir Path directory;

    @Test
    void shouldGiveTheImagesInOrderWhenTheArchiveIsAZip() throws Exception {
        // Given names that would be paths elsewhere
        Path zip = zip(new byte[10], "b.jpg", "../../etc/a.PNG", "notes.txt", "/root/c.webp");

        // When
        List<SourceImage> images = all(zip, LIMITS);

        // Then they are names and nothing else
        assertThat(images)
                .extracting(SourceImage::imageId)
                .containsExactly("b.jpg", "../../etc/a.PNG", "/root/c.webp");
        assertThat(images).allMatch(image -> image.bytes().length == 10);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(zip);
        }
    }

    @Test
    void shouldGiveTheFilesAndNoLinksWhenTheArchiveIsATar() throws Exception {
        for (String name : List.of("a.tar", "b.tar.gz", "c.tgz")) {
            // Given
            Path tar = directory.resolve(name);
            OutputStream file = Files.newOutputStream(tar);
            try (TarArchiveOutputStream out =
                    new TarArchiveOutputStream(
                            name.endsWith("gz") ? new GZIPOutputStream(file) : file)) {
                TarArchiveEntry link = new TarArchiveEntry("link.jpg", TarConstants.LF_SYMLINK);
                link.setLinkName("/etc/passwd");
                out.putArchiveEntry(link);
                out.closeArchiveEntry();
                TarArchiveEntry entry = new TarArchiveEntry("d/x.jpg");
                entry.setSize(3);
                out.putArchiveEntry(entry);
                out.write(new byte[] {1, 2, 3});
                out.closeArchiveEntry();
            }

            // When, Then
            assertThat(all(tar, LIMITS))
                    .singleElement()
                    .satisfies(image -> assertThat(image.bytes()).containsExactly(1, 2, 3))
                    .satisfies(image -> assertThat(image.imageId()).isEqualTo("d/x.jpg"));
        }
    }

    @Test
    void shouldKeepNoBytesWhenAnEntryIsOverTheLimit() throws Exception {
        // Given
        Path zip = zip(new byte[1001], "large.jpg");

        // When, Then
        assertThat(all(zip, LIMITS))
                .singleElement()
                .satisfies(image -> assertThat(image.bytes()).isEmpty())
                .satisfies(image -> assertThat(image.size()).isEqualTo(1001));
    }

    @Test
    void shouldFailWhenAnArchiveIsABomb() throws Exception {
        // Given 40 MiB of nothing, in an entry that is not even an image
        Path zip = zip(new byte[40 * 1024 * 1024], "zeros.bin");

        // When, Then
        assertThatThrownBy(() -> all(zip, LIMITS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bomb")
                .hasMessageContaining("100 times");
    }

    @Test
    void shouldFailWhenAnArchiveHasTooManyEntries() throws Exception {
        // Given
        String[] names = new String[51];
        for (int i = 0; i < names.length; i++) {
            names[i] = i + ".txt";
        }
        Path zip = zip(new byte[0], names);

        // When, Then
        assertThatThrownBy(() -> all(zip, LIMITS)).hasMessageContaining("more than 50 entries");
    }

    @Test
    void shouldSayWhatItTakesWhenAFileIsNoArchive() throws Exception {
        Path text = Files.writeString(directory.resolve("a.zip"), "no zip at all");
        assertThatThrownBy(() -> all(text, LIMITS)).hasMessageContaining("is no zip or tar");
        Path other = Files.writeString(directory.resolve("a.rar"), "");
        assertThatThrownBy(() -> all(other, LIMITS)).hasMessageContaining(".tar.gz");
    }

    @Test
    void shouldReadEveryImageWhenTheArchiveIsCifar10() throws Exception {
        // Given
        Path zip = Path.of(System.getProperty("maestream.data", "absent"), "cifar10-test.zip");
        assumeThat(zip).as("the data directory is not here").exists();

        // When
        List<SourceImage> images = all(zip, ArchiveLimits.defaults(1_000_000));

        // Then
        assertThat(images).hasSize(10_000).allMatch(image -> image.bytes().length > 100);
    }

    private Path zip(byte[] content, String... names) throws IOException {
        Path zip = directory.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(content);
                out.closeEntry();
            }
        }
        return zip;
    }

    private static List<SourceImage> all(Path file, ArchiveLimits limits) throws IOException {
        List<SourceImage> images = new ArrayList<>();
        try (ArchiveSource source = new ArchiveSource(file, "archive", limits)) {
            for (Optional<SourceImage> i = source.next(); i.isPresent(); i = source.next()) {
                images.add(i.get());
            }
        }
        return images;
    }
}
