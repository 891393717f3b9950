package io.maestream.trainer.feed;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.wire.AvroSerde;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import javax.imageio.ImageIO;

/** Prepared images made by drawing, as records and as bytes. */
public final class TestImages {

    private static final String TOPIC = "images.prepared";

    private TestImages() {}

    /** A picture that differs with its number. */
    public static PreparedImage prepared(int number, int width, int height, String format) {
        byte[] bytes = encode(number, width, height, format);
        return PreparedImage.newBuilder()
                .setImageId("image-" + number)
                .setSourceId("camera-" + number % 3)
                .setSequence(number)
                .setCapturedAt(Instant.EPOCH)
                .setWidth(width)
                .setHeight(height)
                .setChannels(3)
                .setFormat(format)
                .setPayload(ByteBuffer.wrap(bytes))
                .setRawPartition(0)
                .setRawOffset(number)
                .build();
    }

    public static byte[] value(int number) {
        return value(prepared(number, 80 + number % 40, 64, number % 2 == 0 ? "jpeg" : "png"));
    }

    public static byte[] value(PreparedImage image) {
        return AvroSerde.serializer(PreparedImage.class).serialize(TOPIC, image);
    }

    static StreamRecord stored(int number) {
        return stored(number, value(number));
    }

    static StreamRecord stored(int number, byte[] value) {
        return new StreamRecord(new RecordRef(new PartitionId(TOPIC, 0), number, 0), value);
    }

    private static byte[] encode(int number, int width, int height, String format) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(number * 0.137f, 0.7f, 0.9f));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.getHSBColor(number * 0.311f, 0.9f, 0.5f));
        graphics.fillOval(number * 7 % width, number * 5 % height, width / 3, height / 3);
        graphics.dispose();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
