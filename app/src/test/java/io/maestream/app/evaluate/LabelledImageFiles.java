package io.maestream.app.evaluate;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Zips of small images of two classes that are easy to tell apart. */
public final class LabelledImageFiles {
    private LabelledImageFiles() {}

    /** Half blue squares, half red discs; class by class, as archives often are. */
    public static Path zip(Path file, int count, long seed) throws IOException {
        Random random = new Random(seed);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String label : new String[] {"disc", "square"}) {
                for (int i = 0; i < count / 2; i++) {
                    zip.putNextEntry(new ZipEntry("set/%s/%04d.png".formatted(label, i)));
                    zip.write(png(label, random));
                    zip.closeEntry();
                }
            }
        }
        return file;
    }

    private static byte[] png(String label, Random random) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(random.nextFloat(), 0.1f, random.nextFloat()));
        graphics.fillRect(0, 0, 32, 32);
        int x = random.nextInt(14);
        int y = random.nextInt(14);
        if (label.equals("disc")) {
            graphics.setColor(Color.getHSBColor(0.02f * random.nextFloat(), 1f, 0.9f));
            graphics.fillOval(x, y, 16, 16);
        } else {
            graphics.setColor(Color.getHSBColor(0.6f + 0.02f * random.nextFloat(), 1f, 0.9f));
            graphics.fillRect(x, y, 16, 16);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
