package io.maestream.ingest.prepare.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.ImageHeader.Pixel;
import io.maestream.schemas.RejectionReason;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FormatScanTest {

    private static final byte[] JPEG = TestImages.jpeg(60, 40);
    private static final byte[] PNG = TestImages.png(60, 40);

    @Test
    void shouldReadTheHeaderWhenTheImageIsWhole() throws Exception {
        // Given
        byte[] grey = TestImages.encode("jpg", 30, 20, BufferedImage.TYPE_BYTE_GRAY);
        byte[] alpha = TestImages.encode("png", 30, 20, BufferedImage.TYPE_INT_ARGB);
        byte[] deep = TestImages.encode("png", 30, 20, BufferedImage.TYPE_USHORT_GRAY);

        // When, Then
        assertThat(header(JPEG))
                .isEqualTo(new ImageHeader(Format.JPEG, 60, 40, new Pixel(3, 8, false), 1));
        assertThat(header(grey))
                .isEqualTo(new ImageHeader(Format.JPEG, 30, 20, new Pixel(1, 8, false), 1));
        assertThat(header(PNG))
                .isEqualTo(new ImageHeader(Format.PNG, 60, 40, new Pixel(3, 8, false), 1));
        assertThat(header(alpha))
                .isEqualTo(new ImageHeader(Format.PNG, 30, 20, new Pixel(4, 8, true), 1));
        assertThat(header(deep))
                .isEqualTo(new ImageHeader(Format.PNG, 30, 20, new Pixel(1, 16, false), 1));
    }

    @Test
    void shouldRejectWhenACheckSumOfAPngIsWrong() {
        // Given a byte in the middle of the image data
        byte[] damaged = PNG.clone();
        damaged[PNG.length / 2] ^= 0x10;

        // When, Then
        assertThatThrownBy(() -> whole(damaged))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("check sum");
    }

    @Test
    void shouldAcceptWhenBytesFollowTheEndOfAJpeg() throws Exception {
        whole(Arrays.copyOf(JPEG, JPEG.length + 100));
    }

    @Test
    void shouldRejectWhenAJpegHasTooManyScans() throws Exception {
        // Given a JPEG whose scan header is repeated 101 times
        int scan = indexOfScan();
        byte[] header = Arrays.copyOfRange(JPEG, scan, scan + 14);
        byte[] bomb = Arrays.copyOf(JPEG, scan + 101 * header.length + 2);
        for (int i = 0; i < 101; i++) {
            System.arraycopy(header, 0, bomb, scan + i * header.length, header.length);
        }
        bomb[bomb.length - 2] = (byte) 0xFF;
        bomb[bomb.length - 1] = (byte) 0xD9;

        // When, Then
        assertThatThrownBy(() -> whole(bomb))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("more than 100 scans");
    }

    @Test
    void shouldShowTheFirstBytesWhenItIsSomethingElse() {
        assertThatThrownBy(() -> FormatScan.of("<html>\nhello".getBytes()))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectionReason.NOT_AN_IMAGE))
                .hasMessageContaining("'<html>?h'");
    }

    @Property
    void shouldFindTheFirstFullByteWhereverItIs(
            @ForAll @Size(max = 40) byte[] bytes,
            @ForAll @IntRange(max = 40) int from,
            @ForAll @IntRange(max = 40) int until) {
        // Given
        int end = Math.min(until, bytes.length);
        int expected = from;
        while (expected < end && bytes[expected] != -1) {
            expected++;
        }

        // When, Then
        assertThat(new Bytes(bytes).nextFull(from, end)).isEqualTo(expected);
    }

    @Property(tries = 300)
    void shouldRejectWhenAnImageIsCutAnywhere(
            @ForAll boolean png, @ForAll @IntRange(min = 0, max = 100_000) int at) {
        // Given
        byte[] image = png ? PNG : JPEG;
        byte[] cut = Arrays.copyOf(image, at % image.length);

        // When, Then
        assertThatThrownBy(() -> whole(cut)).isInstanceOf(RejectedException.class);
    }

    @Property(tries = 1000)
    void shouldNeverThrowAnythingElseWhenBytesAreChanged(
            @ForAll boolean png,
            @ForAll @Size(max = 8) int[] places,
            @ForAll @Size(min = 1, max = 8) byte[] values) {
        // Given
        byte[] image = (png ? PNG : JPEG).clone();
        for (int i = 0; i < places.length; i++) {
            image[Math.floorMod(places[i], image.length)] = values[i % values.length];
        }

        // When, Then
        scanned(image);
    }

    @Property(tries = 500)
    void shouldNeverThrowAnythingElseWhenBytesAreArbitraryAfterTheSignature(
            @ForAll boolean png, @ForAll @Size(max = 200) byte[] tail) {
        // Given
        byte[] image = Arrays.copyOf(png ? PNG : JPEG, (png ? 8 : 3) + tail.length);
        System.arraycopy(tail, 0, image, png ? 8 : 3, tail.length);

        // When, Then
        scanned(image);
    }

    private static void scanned(byte[] image) {
        try {
            whole(image);
        } catch (RejectedException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static ImageHeader header(byte[] bytes) throws RejectedException {
        whole(bytes);
        return FormatScan.of(bytes).header();
    }

    private static void whole(byte[] bytes) throws RejectedException {
        FormatScan.of(bytes).requireWhole();
    }

    private static int indexOfScan() {
        for (int i = 0; i < JPEG.length - 1; i++) {
            if (JPEG[i] == (byte) 0xFF && JPEG[i + 1] == (byte) 0xDA) {
                return i;
            }
        }
        throw new IllegalStateException("no scan");
    }
}
