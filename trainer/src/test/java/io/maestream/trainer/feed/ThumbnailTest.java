package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.PreparedImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailTest {

    @Test
    void shouldBeASmallJpegOfTheSameShape() throws IOException {
        // When a wide picture is made small
        byte[] jpeg = Thumbnail.jpeg(image(640, 360, png(640, 360))).orElseThrow();

        // Then
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(small.getWidth()).isEqualTo(Thumbnail.SIDE);
        assertThat(small.getHeight()).isEqualTo(90);
    }

    @Test
    void shouldBeNothingWhenItIsNoImageOrTooLarge() throws IOException {
        assertThat(Thumbnail.jpeg(image(10, 10, new byte[0]))).isEmpty();
        assertThat(Thumbnail.jpeg(image(10, 10, new byte[] {1, 2, 3}))).isEmpty();
        assertThat(Thumbnail.jpeg(image(50_000, 50_000, png(8, 8)))).isEmpty();
    }

    private static PreparedImage image(int width, int height, byte[] payload) {
        return PreparedImage.newBuilder()
                .setImageId("image")
                .setSourceId("gate")
                .setSequence(0)
                .setCapturedAt(Instant.EPOCH)
                .setWidth(width)
                .setHeight(height)
                .setChannels(3)
                .setFormat("png")
                .setPayload(ByteBuffer.wrap(payload))
                .setRawPartition(0)
                .setRawOffset(0)
                .build();
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }
}
