package io.maestream.ingest.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.TestImages;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class PictureTest {

    @Test
    void shouldKeepColoursInTheirOrderWhenEncodedAndDecoded() throws Exception {
        // Given a picture of pure blue, green, red order
        byte[] pixels = new byte[64 * 64 * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) 200;
            pixels[i + 1] = 100;
            pixels[i + 2] = 20;
        }

        // When
        byte[] jpeg;
        try (Picture picture = Picture.of(pixels, 64, 64)) {
            jpeg = picture.jpeg(95);
        }

        // Then the JDK sees red 20, green 100, blue 200
        int rgb = TestImages.decode(jpeg).getRGB(32, 32);
        assertThat(rgb >> 16 & 0xFF).isBetween(16, 24);
        assertThat(rgb >> 8 & 0xFF).isBetween(96, 104);
        assertThat(rgb & 0xFF).isBetween(196, 204);
        try (Picture again = Picture.decode(jpeg, 1)) {
            assertThat(again.pixels()[0] & 0xFF).isBetween(196, 204);
        }
    }

    @Test
    void shouldHaveTheNewSizeWhenResizedOrReduced() throws Exception {
        // Given
        byte[] jpeg = TestImages.jpeg(400, 200);

        // When, Then
        try (Picture half = Picture.decode(jpeg, 2);
                Picture small = half.resized(50, 25)) {
            assertThat(half.width()).isEqualTo(200);
            assertThat(half.height()).isEqualTo(100);
            assertThat(small.width()).isEqualTo(50);
            assertThat(small.pixels()).hasSize(50 * 25 * 3);
        }
    }

    @Test
    void shouldThrowOneLineWhenBytesAreNoImage() {
        assertThatThrownBy(() -> Picture.decode("hello".getBytes(StandardCharsets.US_ASCII), 1))
                .isInstanceOf(CodecException.class)
                .message()
                .hasLineCount(1);
    }

    @Test
    void shouldHoldNoNativeMemoryWhenClosed() throws Exception {
        // Given what a few rounds need at most
        byte[] jpeg = TestImages.jpeg(800, 600);
        round(jpeg, 20);
        long counted = Pointer.totalBytes();
        long resident = Pointer.physicalBytes();

        // When two hundred more are made, of 1.4 MB each
        round(jpeg, 200);

        // Then
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(counted);
        assertThat(Pointer.physicalBytes() - resident).isLessThan(100_000_000L);
    }

    private static void round(byte[] jpeg, int times) throws CodecException {
        for (int i = 0; i < times; i++) {
            try (Picture picture = Picture.decode(jpeg, 1);
                    Picture small = picture.resized(256, 192)) {
                assertThat(small.jpeg(90)).isNotEmpty();
            }
        }
    }
}
