package io.maestream.ingest.source.video;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Frames that carry their number: 24 columns, the lowest bit on the left, white for one. */
public final class NumberedFrames {

    private static final int BITS = 24;
    private static final int GREY = 127;

    private NumberedFrames() {}

    /** What an image of {@link RtspServer#numberedUrl()} shows. */
    public static long number(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        int column = image.getWidth() / BITS;
        long number = 0;
        for (int bit = 0; bit < BITS; bit++) {
            int pixel = image.getRGB(bit * column + column / 2, image.getHeight() / 2);
            if ((pixel & 0xFF) > GREY) {
                number |= 1L << bit;
            }
        }
        return number;
    }

    /**
     * Positions of the numbers that do not follow the one before, but come later.
     *
     * @throws AssertionError if one comes twice, or after a later one
     */
    public static List<Integer> jumps(List<Long> numbers) {
        List<Integer> jumps = new ArrayList<>();
        for (int i = 1; i < numbers.size(); i++) {
            long step = numbers.get(i) - numbers.get(i - 1);
            if (step < 1) {
                throw new AssertionError("at %d of %s".formatted(i, numbers));
            }
            if (step > 1) {
                jumps.add(i);
            }
        }
        return jumps;
    }
}
