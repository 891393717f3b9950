package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Without normalised targets, the loss of one repeated batch falls under half of its start. */
class OverfitTest {

    private static final int IMAGES = 16;
    private static final int MOST_STEPS = 300;
    private static final Objective PIXELS = new Objective(0.75, false);

    @Test
    void shouldLearnABatchOfGeneratedPicturesByHeart() {
        MaeShape shape =
                new MaeShape(
                        new ImageShape(32, 4, 3),
                        new TowerShape(64, 2, 2),
                        new TowerShape(32, 1, 2));
        assertLearnsByHeart(shape, Fixtures.batch(shape, IMAGES, 4));
    }

    @Test
    void shouldLearnABatchOfPhotosByHeartAtTiny() throws IOException {
        Path photos = Path.of(System.getProperty("maestream.data", ""), "photos");
        assumeThat(photos).as("photos of the property maestream.data").isDirectory();
        MaeShape tiny = MaeShape.preset("tiny");
        assertLearnsByHeart(tiny, photos(photos, tiny.image().size()));
    }

    /** Stops as soon as the loss is low enough, to keep the test short. */
    private static void assertLearnsByHeart(MaeShape shape, ImageBatch batch) {
        MaeSettings settings = Fixtures.settings(shape, Precision.FP32, PIXELS);
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            float first = step.run(batch, 1e-3).loss();
            float loss = first;
            while (loss >= first / 2 && step.step() < MOST_STEPS) {
                loss = step.run(batch, 1e-3).loss();
            }
            assertThat(loss).as("loss after %d steps", step.step()).isLessThan(first / 2);
        }
    }

    private static ImageBatch photos(Path directory, int size) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(file -> file.toString().matches("(?i).*\\.jpe?g"))
                    .sorted()
                    .limit(IMAGES)
                    .forEach(files::add);
        }
        assumeThat(files).as("photos").hasSize(IMAGES);
        ByteBuffer pixels = ByteBuffer.allocateDirect(IMAGES * size * size * 3);
        for (Path file : files) {
            put(centre(ImageIO.read(file.toFile()), size), pixels);
        }
        long[] seeds = new long[IMAGES];
        Arrays.setAll(seeds, i -> i);
        return new ImageBatch(pixels.flip(), IMAGES, seeds);
    }

    /** The largest square in the middle, scaled. */
    private static BufferedImage centre(BufferedImage image, int size) {
        int side = Math.min(image.getWidth(), image.getHeight());
        int x = (image.getWidth() - side) / 2;
        int y = (image.getHeight() - side) / 2;
        BufferedImage square = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, size, size, x, y, x + side, y + side, null);
        graphics.dispose();
        return square;
    }

    private static void put(BufferedImage image, ByteBuffer pixels) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                pixels.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
    }
}
