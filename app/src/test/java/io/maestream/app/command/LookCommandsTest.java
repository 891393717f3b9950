package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maestream.app.ModelCheckpoint;
import io.maestream.app.Python;
import io.maestream.app.command.base.ExitCode;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookCommandsTest {
    private static final int WIDTH = ModelCheckpoint.MODEL.encoderDim();

    @TempDir Path directory;
    private Path store;
    private Path photos;

    @BeforeEach
    void publish() throws IOException {
        store = directory.resolve("store");
        photos = Files.createDirectory(directory.resolve("photos"));
        for (int i = 0; i < 3; i++) {
            draw(photos.resolve("photo-" + i + ".png"), i);
        }
        Files.writeString(photos.resolve("notes.txt"), "no image");
    }

    @Test
    void shouldEmbedADirectoryIntoEachKindOfFile() throws Exception {
        ModelCheckpoint.publish(new FileSystemStore(store), true);

        // When
        Run csv = embed("a.csv");
        Run npy = embed("a.npy");
        Run safetensors = embed("a.safetensors");
        Run cls = embed("cls.npy", "--pool", "cls");

        // Then all three hold the same numbers, one row for each image, in the order of names
        assertThat(List.of(csv.status(), npy.status(), safetensors.status(), cls.status()))
                .as(csv.err() + npy.err() + safetensors.err() + cls.err())
                .containsOnly(0);
        assertThat(csv.out()).contains("3 images, 32 numbers each (mean)");
        List<String> lines = Files.readAllLines(directory.resolve("a.csv"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith("\"" + photos.resolve("photo-1.png") + "\",");
        float[] numbers = numbers(directory.resolve("a.npy"));
        assertThat(numbers).hasSize(3 * WIDTH);
        String[] row = lines.get(2).split(",");
        for (int i = 0; i < WIDTH; i++) {
            assertThat(Float.parseFloat(row[i + 1])).isEqualTo(numbers[2 * WIDTH + i]);
        }
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("a.safetensors"))) {
            FloatBuffer same =
                    file.tensor("embeddings").data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            assertThat(same.get(5)).isEqualTo(numbers[5]);
        }
        assertThat(numbers(directory.resolve("cls.npy"))).isNotEqualTo(numbers);
    }

    @Test
    void shouldBeReadableByNumpy() throws Exception {
        Python.assumeModules("numpy");
        ModelCheckpoint.publish(new FileSystemStore(store), true);
        embed("a.npy");
        Path script = directory.resolve("shape.py");
        Files.writeString(script, "import numpy, sys\nprint(numpy.load(sys.argv[1]).shape)\n");

        assertThat(Python.run(script, directory.resolve("a.npy")).strip()).isEqualTo("(3, 32)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDumpEnoughToComputeTheLossAgain(boolean normPix) throws Exception {
        // Given a checkpoint with and without normalised patches
        ModelCheckpoint.publish(new FileSystemStore(store), normPix);
        Path dump = directory.resolve("dump.safetensors");

        // When
        Run run = reconstruct("--seed", "4", "--dump", dump.toString());

        // Then plain arithmetic on its arrays gives the loss, to 1e-5
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("over 12 hidden of 16 patches");
        assertThat(Files.readAllBytes(directory.resolve("out.png")))
                .startsWith(0x89, 'P', 'N', 'G');
        try (SafetensorsFile file = SafetensorsFile.open(dump)) {
            assertThat(file.names())
                    .containsExactlyInAnyOrder(
                            "patches", "ids_keep", "ids_restore", "mask", "prediction", "loss");
            assertThat(file.tensor("patches").shape()).containsExactly(1L, 16L, 192L);
            assertThat(file.tensor("ids_keep").shape()).containsExactly(1L, 4L);
            float loss = floats(file, "loss").get(0);
            assertThat((float) loss(file, normPix)).isCloseTo(loss, within(1e-5f));
        }
    }

    @Test
    void shouldDumpWhatPlainTorchComputesTheLossOf() throws Exception {
        Python.assumeModules("torch", "numpy");
        ModelCheckpoint.publish(new FileSystemStore(store), true);
        Path dump = directory.resolve("dump.safetensors");
        reconstruct("--dump", dump.toString());
        Path script = Path.of(LookCommandsTest.class.getResource("recompute_loss.py").toURI());

        assertThat(Python.run(script, dump)).contains("4 of 16 seen");
    }

    @Test
    void shouldDrawTheSamePictureForTheSameSeedOnly() throws Exception {
        ModelCheckpoint.publish(new FileSystemStore(store), true);
        reconstruct("--seed", "1");
        byte[] first = Files.readAllBytes(directory.resolve("out.png"));
        reconstruct("--seed", "1");
        byte[] again = Files.readAllBytes(directory.resolve("out.png"));
        reconstruct("--seed", "2");

        assertThat(again).isEqualTo(first);
        assertThat(Files.readAllBytes(directory.resolve("out.png"))).isNotEqualTo(first);
    }

    @Test
    void shouldTakeADirectoryInsteadOfAnId() throws Exception {
        ModelCheckpoint.publish(new FileSystemStore(store), true);

        Run run =
                Run.of(
                        "embed",
                        "--checkpoint",
                        store.resolve(ModelCheckpoint.ID).toString(),
                        "--out",
                        directory.resolve("a.npy").toString(),
                        photos.toString());

        assertThat(run.status()).as(run.err()).isZero();
    }

    @Test
    void shouldRefuseADamagedCheckpointAndSayWhatIsWrongWithInputs() throws Exception {
        ModelCheckpoint.publish(new FileSystemStore(store), true);
        assertThat(embed("a.txt").err()).contains(".npy, .csv or .safetensors");
        Run none =
                Run.of("embed", "--dir", store.toString(), "--out", "a.npy", directory + "/none");
        assertThat(none.status()).isEqualTo(ExitCode.NOT_FOUND.status());
        Path bad = photos.resolve("bad.png");
        Files.writeString(bad, "no image at all");
        assertThat(embed("a.npy").err()).contains("bad.png");

        Path weights = store.resolve(ModelCheckpoint.ID).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        Run damaged = reconstruct();
        assertThat(damaged.status()).isEqualTo(ExitCode.VERIFICATION_FAILED.status());
        assertThat(damaged.err()).contains("model.safetensors: digest");
    }

    @Test
    void shouldFetchByIdAndByPlace() throws Exception {
        ModelCheckpoint.publish(new FileSystemStore(store), true);
        Path to = directory.resolve("to");
        Path other = directory.resolve("other");

        Run byId =
                Run.of(
                        "checkpoints",
                        "fetch",
                        "latest",
                        "--dir",
                        store.toString(),
                        "--to",
                        "" + to);
        String place = store.resolve(ModelCheckpoint.ID).toUri().toString();
        Run byPlace = Run.of("checkpoints", "fetch", place, "--to", other.toString());
        Run again =
                Run.of(
                        "checkpoints",
                        "fetch",
                        "latest",
                        "--dir",
                        store.toString(),
                        "--to",
                        "" + to);

        assertThat(byId.status()).as(byId.err()).isZero();
        assertThat(byPlace.status()).as(byPlace.err()).isZero();
        assertThat(to.resolve(ModelCheckpoint.ID).resolve("model.safetensors"))
                .hasSameBinaryContentAs(
                        other.resolve(ModelCheckpoint.ID).resolve("model.safetensors"));
        assertThat(again.status()).isEqualTo(5);
        assertThat(again.err()).contains("already");
    }

    private Run embed(String out, String... more) {
        String[] line = {
            "embed",
            "--dir",
            store.toString(),
            "--out",
            directory.resolve(out).toString(),
            "" + photos
        };
        return Run.of(concat(line, more));
    }

    private Run reconstruct(String... more) {
        String[] line = {
            "reconstruct",
            "--dir",
            store.toString(),
            "--checkpoint",
            ModelCheckpoint.ID,
            "--image",
            photos.resolve("photo-1.png").toString(),
            "--out",
            directory.resolve("out.png").toString()
        };
        return Run.of(concat(line, more));
    }

    private static String[] concat(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static double loss(SafetensorsFile file, boolean normPix) throws IOException {
        FloatBuffer patches = floats(file, "patches");
        FloatBuffer prediction = floats(file, "prediction");
        FloatBuffer mask = floats(file, "mask");
        int values = patches.remaining() / mask.remaining();
        double sum = 0;
        double hidden = 0;
        for (int patch = 0; patch < mask.remaining(); patch++) {
            double mean = 0;
            for (int i = 0; i < values; i++) {
                mean += patches.get(patch * values + i) / (double) values;
            }
            double variance = 0;
            for (int i = 0; i < values; i++) {
                variance += Math.pow(patches.get(patch * values + i) - mean, 2) / (values - 1);
            }
            double error = 0;
            for (int i = 0; i < values; i++) {
                double target = patches.get(patch * values + i);
                target = normPix ? (target - mean) / Math.sqrt(variance + 1e-6) : target;
                error += Math.pow(prediction.get(patch * values + i) - target, 2) / values;
            }
            sum += error * mask.get(patch);
            hidden += mask.get(patch);
        }
        return sum / hidden;
    }

    private static FloatBuffer floats(SafetensorsFile file, String name) throws IOException {
        return file.tensor(name).data().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    private static float[] numbers(Path npy) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(10 + bytes.getShort(8));
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }

    private static void draw(Path file, int number) throws IOException {
        BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor(number * 0.3f, 0.7f, 0.9f));
        graphics.fillRect(0, 0, 60, 40);
        graphics.setColor(Color.getHSBColor(number * 0.2f, 0.9f, 0.5f));
        graphics.fillOval(15 + number * 3, 8, 20, 25);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
