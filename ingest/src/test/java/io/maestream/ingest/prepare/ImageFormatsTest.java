package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maestream.ingest.EncodedImages;
import io.maestream.ingest.TestImages;
import io.maestream.ingest.prepare.Preparation.Prepared;
import io.maestream.ingest.prepare.Preparation.Rejected;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format and kind of pixel becomes the same picture. */
class ImageFormatsTest {

    private static final int RED = EncodedImages.QUARTERS[0];
    private static final int GREEN = EncodedImages.QUARTERS[1];
    private static final int BLUE = EncodedImages.QUARTERS[2];
    private static final int GREY = EncodedImages.QUARTERS[3];
    private static final int WHITE = 0xFFFFFF;

    private final ImagePreparer preparer = new ImagePreparer(PrepareSettings.defaults());

    static Stream<Arguments> coloured() {
        BufferedImage rgb = EncodedImages.quarters(96, 64, BufferedImage.TYPE_INT_RGB);
        BufferedImage bgr = EncodedImages.quarters(96, 64, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage palette = EncodedImages.quarters(96, 64, BufferedImage.TYPE_BYTE_INDEXED);
        return Stream.of(
                Arguments.of("jpeg", EncodedImages.file("jpg", rgb)),
                Arguments.of("png", EncodedImages.file("png", rgb)),
                Arguments.of("png, palette", EncodedImages.file("png", palette)),
                Arguments.of("bmp", EncodedImages.file("bmp", bgr)),
                Arguments.of("bmp, palette", EncodedImages.file("bmp", palette)),
                Arguments.of("gif", EncodedImages.file("gif", rgb)),
                Arguments.of("tiff", EncodedImages.file("tif", rgb)),
                Arguments.of("tiff, plain", EncodedImages.tiff(96, 64, Map.of())),
                Arguments.of("tiff, 16 bits", EncodedImages.tiff(96, 64, Map.of(258, 16))),
                Arguments.of("webp", EncodedImages.webp(96, 64, false, 95)),
                Arguments.of("webp, lossless", EncodedImages.webp(96, 64, false, 101)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("coloured")
    void shouldShowTheSamePictureWhateverTheFormat(String kind, byte[] file) throws IOException {
        assertQuarters(file, 96, 64, RED, GREEN, BLUE, GREY);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 2, 3",
        "2, 1, 0, 3, 2",
        "3, 3, 2, 1, 0",
        "4, 2, 3, 0, 1",
        "5, 0, 2, 1, 3",
        "6, 2, 0, 3, 1",
        "7, 3, 1, 2, 0",
        "8, 1, 3, 0, 2"
    })
    void shouldBeUprightWhateverExifSays(int orientation, int a, int b, int c, int d)
            throws IOException {
        // Given a JPEG, and a large one that is also scaled down
        byte[] small = EncodedImages.file("jpg", EncodedImages.quarters(96, 64, 1));
        byte[] large = EncodedImages.file("jpg", EncodedImages.quarters(960, 640, 1));
        int[] quarter = EncodedImages.QUARTERS;
        boolean turned = orientation >= 5;

        // When, Then
        assertQuarters(
                EncodedImages.withOrientation(small, orientation),
                turned ? 64 : 96,
                turned ? 96 : 64,
                quarter[a],
                quarter[b],
                quarter[c],
                quarter[d]);
        assertQuarters(
                EncodedImages.withOrientation(large, orientation),
                turned ? 171 : 256,
                turned ? 256 : 171,
                quarter[a],
                quarter[b],
                quarter[c],
                quarter[d]);
    }

    @Test
    void shouldBeUprightWhenATiffIsTurned() throws IOException {
        assertQuarters(EncodedImages.tiff(96, 64, Map.of(274, 3)), 96, 64, GREY, BLUE, GREEN, RED);
        assertQuarters(EncodedImages.tiff(96, 64, Map.of(274, 2)), 96, 64, GREEN, RED, GREY, BLUE);
    }

    @Test
    void shouldLieOnWhiteWhereItIsTransparent() throws IOException {
        // Given pictures whose right half is transparent
        BufferedImage image = EncodedImages.quarters(96, 64, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 48 * 64; i++) {
            image.setRGB(48 + i % 48, i / 48, image.getRGB(48 + i % 48, i / 48) & 0xFFFFFF);
        }

        // When, Then
        assertQuarters(EncodedImages.file("png", image), 96, 64, RED, WHITE, BLUE, WHITE);
        assertQuarters(EncodedImages.file("gif", image), 96, 64, RED, WHITE, BLUE, WHITE);
        assertQuarters(EncodedImages.webp(96, 64, true, 95), 96, 64, RED, WHITE, BLUE, WHITE);
        assertQuarters(EncodedImages.webp(96, 64, true, 101), 96, 64, RED, WHITE, BLUE, WHITE);
    }

    @Test
    void shouldBecomeColourWhenItHasFourInksOrMoreThanEightBits() throws IOException {
        // Given
        byte[] deep = TestImages.encode("png", 96, 64, BufferedImage.TYPE_USHORT_GRAY);

        // When, Then
        assertThat(prepared(EncodedImages.cmykJpeg(96, 64)).channels()).isEqualTo(3);
        assertThat(prepared(deep).format()).isEqualTo("jpeg");
        // No ink of all four is white; what the quarters are as inks is no matter here.
        Prepared cmyk = prepared(EncodedImages.tiff(96, 64, Map.of(262, 5, 277, 4)));
        assertThat(cmyk.channels()).isEqualTo(3);
        assertColour(TestImages.decode(cmyk.bytes()), 24, 16, 0x33CCCC);
    }

    @Test
    void shouldTakeTheFirstFrameWhenItMoves() throws IOException {
        // Given animations that begin with the quarters and go on with something else
        byte[] other = EncodedImages.webp(64, 96, false, 95);
        byte[] webp = EncodedImages.animation(96, 64, EncodedImages.webp(96, 64, false, 95), other);

        // When, Then
        assertQuarters(webp, 96, 64, RED, GREEN, BLUE, GREY);
        assertQuarters(animatedGif(), 96, 64, RED, GREEN, BLUE, GREY);
    }

    @Test
    void shouldSayWhatToSendWhenAKindIsNotUnderstood() {
        assertRefused(
                EncodedImages.tiff(96, 64, Map.of(259, 34712)), "compression is number 34712");
        assertRefused(EncodedImages.tiff(96, 64, Map.of(339, 3)), "samples are not integers");
        assertRefused(EncodedImages.tiff(96, 64, Map.of(322, 1 << 19, 324, 8)), "larger than");
    }

    private void assertRefused(byte[] file, String words) {
        assertThat(preparer.prepare(file))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.detail()).contains(words));
    }

    private void assertQuarters(byte[] file, int width, int height, int... colours)
            throws IOException {
        BufferedImage image = TestImages.decode(prepared(file).bytes());
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        for (int quarter = 0; quarter < 4; quarter++) {
            int x = width / 4 + quarter % 2 * width / 2;
            int y = height / 4 + quarter / 2 * height / 2;
            assertColour(image, x, y, colours[quarter]);
        }
    }

    private static void assertColour(BufferedImage image, int x, int y, int colour) {
        int found = image.getRGB(x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(found >> shift & 0xFF)
                    .as("%06x at %d, %d", found & 0xFFFFFF, x, y)
                    .isCloseTo(colour >> shift & 0xFF, within(12));
        }
    }

    private Prepared prepared(byte[] file) {
        Preparation result = preparer.prepare(file);
        assertThat(result).isInstanceOf(Prepared.class);
        return (Prepared) result;
    }

    private static byte[] animatedGif() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            BufferedImage first = EncodedImages.quarters(96, 64, BufferedImage.TYPE_INT_RGB);
            BufferedImage second = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
            writer.writeToSequence(new IIOImage(first, null, null), null);
            writer.writeToSequence(new IIOImage(second, null, null), null);
            writer.endWriteSequence();
            stream.flush();
            return out.toByteArray();
        } finally {
            writer.dispose();
        }
    }
}
