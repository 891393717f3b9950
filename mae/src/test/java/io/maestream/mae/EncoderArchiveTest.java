package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderArchiveTest {

    private static final int IMAGES = 4;

    @TempDir Path directory;

    static Stream<MaeShape> shapes() {
        return Stream.of(Fixtures.SMALL, Fixtures.GREY, Fixtures.WIDE, MaeShape.preset("tiny"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldEmbedAsOurOwnStepDoesWhenDjlOpensIt(MaeShape shape) throws Exception {
        // Given a model's weights, their embeddings, and the archive of its encoder
        List<NamedTensor> weights = trained(shape);
        ImageBatch batch = Fixtures.batch(shape, IMAGES, 7);
        Embeddings expected;
        try (FrozenMae mae =
                FrozenMae.open(shape, new Objective(0.75, true), weights, Device.cpu())) {
            expected = mae.embed(batch.pixels(), IMAGES);
        }
        write(shape, weights, directory.resolve("encoder.pt"));

        // When DJL opens it as any other model and gives it the pixels, uint8 and normalised
        try (Model model = Model.newInstance("encoder", "PyTorch");
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            model.load(directory, "encoder");
            NDArray pixels = pixels(manager, shape, batch);
            NDList raw = forward(model, manager, pixels);
            NDList normalised = forward(model, manager, normalised(pixels, shape));

            // Then both embeddings are the same
            for (NDList found : List.of(raw, normalised)) {
                assertClose(found.get(0), expected.cls());
                assertClose(found.get(1), expected.mean());
            }
        }
    }

    @Test
    void shouldGiveEqualBytesForEqualWeights() throws Exception {
        List<NamedTensor> weights = trained(Fixtures.SMALL);

        write(Fixtures.SMALL, weights, directory.resolve("a.pt"));
        write(Fixtures.SMALL, weights, directory.resolve("b.pt"));

        assertThat(directory.resolve("a.pt")).hasSameBinaryContentAs(directory.resolve("b.pt"));
    }

    @Test
    void shouldNameTheWeightWhenOneIsMissing() {
        List<NamedTensor> weights =
                trained(Fixtures.SMALL).stream()
                        .filter(weight -> !weight.name().equals("blocks.1.mlp.fc1.bias"))
                        .toList();

        assertThatThrownBy(() -> write(Fixtures.SMALL, weights, directory.resolve("a.pt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blocks.1.mlp.fc1.bias");
    }

    private static List<NamedTensor> trained(MaeShape shape) {
        try (TrainStep step =
                TrainStep.open(Fixtures.settings(shape, Precision.FP32), Device.cpu())) {
            for (int i = 0; i < 3; i++) {
                step.run(Fixtures.batch(shape, 4, i), 3e-3);
            }
            return step.snapshot().parameters();
        }
    }

    private static void write(MaeShape shape, List<NamedTensor> weights, Path file)
            throws Exception {
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            EncoderArchive.write(out, shape, weights);
        }
        assertThat(Files.size(file)).isPositive();
    }

    private static NDList forward(Model model, NDManager manager, NDArray images) {
        return model.getBlock()
                .forward(new ParameterStore(manager, false), new NDList(images), false);
    }

    private static NDArray pixels(NDManager manager, MaeShape shape, ImageBatch batch) {
        ImageShape image = shape.image();
        Shape dims = new Shape(batch.size(), image.size(), image.size(), image.channels());
        return manager.create(batch.pixels().slice(), dims, DataType.UINT8).transpose(0, 3, 1, 2);
    }

    private static NDArray normalised(NDArray pixels, MaeShape shape) {
        PixelStatistics statistics = PixelStatistics.of(shape.image().channels());
        NDManager manager = pixels.getManager();
        Shape perChannel = new Shape(1, shape.image().channels(), 1, 1);
        double[] mean = statistics.mean().stream().mapToDouble(Double::doubleValue).toArray();
        double[] deviation =
                statistics.deviation().stream().mapToDouble(Double::doubleValue).toArray();
        return pixels.toType(DataType.FLOAT32, false)
                .div(255)
                .sub(manager.create(mean).toType(DataType.FLOAT32, false).reshape(perChannel))
                .div(manager.create(deviation).toType(DataType.FLOAT32, false).reshape(perChannel));
    }

    private static void assertClose(NDArray found, float[][] expected) {
        float[] values = found.toFloatArray();
        int width = expected[0].length;
        assertThat(values).hasSize(expected.length * width);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i / width][i % width], within(1e-4f));
        }
    }
}
