package io.maestream.ingest.source.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.maestream.ingest.prepare.ImagePreparer;
import io.maestream.ingest.prepare.Preparation;
import io.maestream.ingest.prepare.PrepareSettings;
import io.maestream.ingest.source.SourceImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {

    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1000, 50, 100);

    @TempDir Path directory;

    @Test
    void shouldGiveEachImageAsAPngInTheFolderOfItsLabel() throws Exception {
        // Given three images of 2 rows and 3 columns, and their labels beside them
        Path images = idx("train-images-idx3-ubyte.gz", 18, 3, 2, 3);
        write(
                "train-labels-idx1-ubyte.gz",
                ByteBuffer.allocate(11).putInt(0x801).putInt(3).put(labels()));

        // When
        List<SourceImage> found = all(images);

        // Then names have the labels, and another decoder finds the pixels
        assertThat(found)
                .extracting(SourceImage::imageId)
                .containsExactly("9/00000.png", "0/00001.png", "200/00002.png");
        BufferedImage second = ImageIO.read(new ByteArrayInputStream(found.get(1).bytes()));
        assertThat(second.getWidth()).isEqualTo(3);
        assertThat(second.getHeight()).isEqualTo(2);
        assertThat(second.getRaster().getNumBands()).isEqualTo(1);
        assertThat(second.getRaster().getSamples(0, 0, 3, 2, 0, (int[]) null))
                .containsExactly(60, 70, 80, 90, 100, 110);
    }

    @Test
    void shouldGiveImagesWithoutLabelsWhenThereAreNone() throws Exception {
        assertThat(all(idx("images.idx3-ubyte", 12, 2, 2, 3)))
                .extracting(SourceImage::imageId)
                .containsExactly("00000.png", "00001.png");
    }

    @Test
    void shouldBeTakenByPreparationAsItIs() throws Exception {
        SourceImage image = all(idx("a-idx3-ubyte", 64, 1, 8, 8)).get(0);

        Preparation prepared = new ImagePreparer(PrepareSettings.defaults()).prepare(image.bytes());

        assertThat(prepared)
                .isInstanceOfSatisfying(
                        Preparation.Prepared.class,
                        found -> {
                            assertThat(found.channels()).isEqualTo(1);
                            assertThat(found.format()).isEqualTo("png");
                            assertThat(found.bytes()).isEqualTo(image.bytes());
                        });
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws Exception {
        Path cut = idx("cut-idx3-ubyte", 17, 3, 2, 3);
        assertThatThrownBy(() -> all(cut)).hasMessageContaining("ends early: its header says 3");
        Path huge = idx("huge-idx3-ubyte", 0, 1, 30_000, 70_000);
        assertThatThrownBy(() -> all(huge))
                .hasMessageContaining("2100000000 pixels, the limit is 1000");
        Path negative = idx("negative-idx3-ubyte", 0, 1, -1, 5);
        assertThatThrownBy(() -> all(negative)).hasMessageContaining("dimension 1 is -1");
        Path other = write("other-idx3-ubyte", ByteBuffer.allocate(8).putInt(0x0d03).putInt(1));
        assertThatThrownBy(() -> all(other)).hasMessageContaining("it begins with 0x00000d03");
        Path many = idx("many-idx3-ubyte", 51, 51, 1, 1);
        assertThatThrownBy(() -> all(many)).hasMessageContaining("more than 50 entries");
    }

    @Test
    void shouldRefuseLabelsThatAreNotAsManyAsTheImages() throws Exception {
        Path images = idx("t-images-idx3-ubyte", 12, 2, 2, 3);
        write("t-labels-idx1-ubyte", ByteBuffer.allocate(11).putInt(0x801).putInt(3).put(labels()));

        assertThatThrownBy(() -> all(images)).hasMessageContaining("has 3 labels for 2 images");
    }

    @Test
    void shouldReadEveryImageWhenTheFileIsFashionMnist() throws Exception {
        Path images = FASHION.resolve("t10k-images-idx3-ubyte.gz");
        assumeThat(images).as("dataset-fashion-mnist is not installed").exists();

        List<SourceImage> found = all(images, ArchiveLimits.defaults(1_000_000));

        assertThat(found).hasSize(10_000);
        assertThat(found.get(0).imageId()).isEqualTo("9/00000.png");
        assertThat(found.stream().map(image -> image.imageId().charAt(0)).distinct()).hasSize(10);
    }

    private static byte[] labels() {
        return new byte[] {9, 0, (byte) 200};
    }

    /** An idx file whose values are 0, 10, 20 … */
    private Path idx(String name, int values, int... dimensions) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values);
        bytes.putInt(0x800 + dimensions.length);
        for (int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        for (int i = 0; i < values; i++) {
            bytes.put((byte) (10 * i));
        }
        return write(name, bytes);
    }

    private Path write(String name, ByteBuffer bytes) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(bytes.array());
        }
        return file;
    }

    private static List<SourceImage> all(Path file) throws IOException {
        return all(file, LIMITS);
    }

    private static List<SourceImage> all(Path file, ArchiveLimits limits) throws IOException {
        List<SourceImage> images = new ArrayList<>();
        try (ArchiveSource source = new ArchiveSource(file, "a", limits)) {
            for (Optional<SourceImage> next = source.next();
                    next.isPresent();
                    next = source.next()) {
                images.add(next.get());
            }
        }
        return images;
    }
}
