package io.maestream.ingest.prepare;

import io.maestream.ingest.EncodedImages;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Frames of made-up scenes as a camera would see them: the same, but for its noise. */
final class Scenes {

    static final int WIDTH = 160;
    static final int HEIGHT = 120;

    private Scenes() {}

    /** A frame of a scene; flat scenes (odd numbers) differ in colour alone. */
    static byte[] frame(int scene, int noiseSeed) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D brush = image.createGraphics();
        Random random = new Random(scene);
        if (scene % 2 == 1) {
            brush.setColor(Color.getHSBColor(scene * 0.29f % 1, 0.8f, 0.7f));
            brush.fillRect(0, 0, WIDTH, HEIGHT);
        } else {
            brush.setPaint(new GradientPaint(0, 0, colour(random), WIDTH, HEIGHT, colour(random)));
            brush.fillRect(0, 0, WIDTH, HEIGHT);
            for (int i = 0; i < 12; i++) {
                brush.setColor(colour(random));
                brush.fillRect(
                        random.nextInt(WIDTH), random.nextInt(HEIGHT), 10 + random.nextInt(50), 40);
            }
        }
        brush.dispose();
        return EncodedImages.file("jpg", noisy(image, new Random(noiseSeed)));
    }

    private static BufferedImage noisy(BufferedImage image, Random random) {
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            Color colour = new Color(image.getRGB(i % WIDTH, i / WIDTH));
            int noise = (int) (6 * random.nextGaussian());
            image.setRGB(
                    i % WIDTH,
                    i / WIDTH,
                    new Color(
                                    bounded(colour.getRed() + noise),
                                    bounded(colour.getGreen() + noise),
                                    bounded(colour.getBlue() + noise))
                            .getRGB());
        }
        return image;
    }

    private static int bounded(int level) {
        return Math.max(0, Math.min(255, level));
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(0x1000000));
    }
}
