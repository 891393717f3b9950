package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.checkpoints.export.HuggingFaceNames;
import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.mae.AdamWSettings;
import io.maestream.mae.Embeddings;
import io.maestream.mae.FrozenEncoder;
import io.maestream.mae.FrozenMae;
import io.maestream.mae.ImageBatch;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.MaeShape;
import io.maestream.mae.Objective;
import io.maestream.mae.Precision;
import io.maestream.mae.TensorNames;
import io.maestream.mae.TrainState;
import io.maestream.mae.TrainStep;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.Progress;
import io.maestream.trainer.feed.FeedState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointExportsTest {

    private static final String ID = "step-000000002-aaaaaaaa";
    private static final MaeShape TINY = MaeShape.preset("tiny");
    private static final int IMAGES = 32;

    @TempDir Path root;

    @Test
    void shouldPublishFilesThatOthersOpen() throws Exception {
        // Given a run of two steps
        FileSystemStore store = new FileSystemStore(root);

        // When its checkpoint is published
        PublishedCheckpoint published = publish(store);

        // Then everything is there, in the manifest, and whole
        assertThat(published.manifest().files())
                .extracting(FileEntry::name)
                .containsExactlyInAnyOrder(
                        "encoder/model.safetensors",
                        "model.safetensors",
                        "encoder/encoder.pt",
                        "encoder/hf/model.safetensors",
                        "encoder/hf/config.json",
                        "encoder/hf/preprocessor_config.json",
                        "optimizer.safetensors",
                        "state.json",
                        "reconstruction.png",
                        "README.md");
        assertThat(CheckpointVerifier.verify(store, ID, published.manifestSha256()).problems())
                .isEmpty();
        Path directory = store.directory(ID);
        assertThat(shapes(directory.resolve("encoder/model.safetensors")))
                .isEqualTo(ExpectedNames.timmEncoder(TINY));
        assertThat(shapes(directory.resolve("encoder/hf/model.safetensors")))
                .isEqualTo(ExpectedNames.huggingFace(TINY));
        assertThat(Files.readString(directory.resolve("manifest.json")))
                .contains("\"heads\" : 3", "\"decoderHeads\" : 4", "\"normPix\" : true");
        assertThat(Files.readString(directory.resolve("encoder/hf/config.json")))
                .contains("\"layer_norm_eps\" : 1.0E-6", "\"decoder_num_attention_heads\" : 4");
        assertThat(Files.readString(directory.resolve("README.md")))
                .contains(ID, "num_heads=3", "torch.jit.load", "from_pretrained")
                .doesNotContain("@");
        assertThat(Files.readAllBytes(directory.resolve("reconstruction.png")))
                .startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void shouldOpenInPlainTorchWithTheSameEmbeddings() throws Exception {
        Python.assumeModules("torch", "numpy");
        // Given a checkpoint and what its own model makes of 32 pictures
        FileSystemStore store = new FileSystemStore(root.resolve("store"));
        publish(store);
        Path directory = store.directory(ID);
        ImageBatch images = images(IMAGES);
        Path expected = root.resolve("expected.safetensors");
        try (FrozenMae mae =
                FrozenModels.open(directory, store.manifest(ID).model(), Device.cpu())) {
            write(expected, images, mae.embed(images.pixels(), IMAGES));
        }

        // When Python opens archive, timm's file and Hugging Face's, then all agree within 1e-4
        String output = Python.run("checkpoint_files.py", directory, expected);
        assertThat(output.lines()).hasSize(4);
    }

    @Test
    void shouldExportTheAveragedEncoderInEveryFormatAsWell() throws Exception {
        // Given a run that keeps averages
        FileSystemStore store = new FileSystemStore(root.resolve("store"));

        // When its checkpoint is published
        PublishedCheckpoint published = publish(store, 0.9);

        // Then every file of the encoder is there twice, and the README says so
        assertThat(published.manifest().files())
                .filteredOn(file -> file.role().startsWith("ema"))
                .extracting(FileEntry::role, FileEntry::name)
                .containsExactlyInAnyOrder(
                        tuple("ema", "ema.safetensors"),
                        tuple("ema-encoder", "ema/encoder/model.safetensors"),
                        tuple("ema-encoder-torchscript", "ema/encoder/encoder.pt"),
                        tuple("ema-encoder-hf", "ema/encoder/hf/model.safetensors"),
                        tuple("ema-encoder-hf", "ema/encoder/hf/config.json"),
                        tuple("ema-encoder-hf", "ema/encoder/hf/preprocessor_config.json"));
        Path directory = store.directory(ID);
        assertThat(Files.readString(directory.resolve("README.md")))
                .contains("`ema/encoder/` holds the same files", "ema/encoder/encoder.pt");
        assertThat(shapes(directory.resolve("ema/encoder/model.safetensors")))
                .isEqualTo(ExpectedNames.timmEncoder(TINY));
        assertThat(shapes(directory.resolve("ema/encoder/hf/model.safetensors")))
                .isEqualTo(ExpectedNames.huggingFace(TINY));
        // and they load, and are not the weights themselves
        ImageBatch images = images(4);
        float[][] averaged = embed(directory.resolve("ema"), images).mean();
        assertThat(averaged[0]).isNotEqualTo(embed(directory, images).mean()[0]);
        assertThat(djl(directory.resolve("ema/encoder"), images))
                .containsExactly(averaged[0], within(1e-4f));
    }

    @Test
    void shouldOpenTheAveragedEncoderInPlainTorch() throws Exception {
        Python.assumeModules("torch", "numpy");
        FileSystemStore store = new FileSystemStore(root.resolve("store"));
        publish(store, 0.9);
        Path averaged = store.directory(ID).resolve("ema");
        ImageBatch images = images(IMAGES);
        Path expected = root.resolve("expected.safetensors");
        write(expected, images, embed(averaged, images));
        Files.copy(store.directory(ID).resolve("manifest.json"), averaged.resolve("manifest.json"));

        assertThat(Python.run("checkpoint_files.py", averaged, expected).lines()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "small", "base"})
    void shouldHaveTheNamesAndShapesOfBothLibraries(String preset) {
        MaeShape shape = MaeShape.preset(preset);
        List<Tensor> timm = SmallModel.weights(shape, 0).stream().map(Tensors::of).toList();

        assertThat(shapes(HuggingFaceNames.of(timm))).isEqualTo(ExpectedNames.huggingFace(shape));
        assertThat(shapes(timm.stream().filter(t -> TensorNames.isEncoder(t.name())).toList()))
                .isEqualTo(ExpectedNames.timmEncoder(shape));
    }

    /** By the safetensors file of the encoder alone. */
    private static Embeddings embed(Path directory, ImageBatch images) throws Exception {
        try (SafetensorsFile file =
                        SafetensorsFile.open(directory.resolve("encoder/model.safetensors"));
                FrozenEncoder encoder =
                        FrozenEncoder.open(
                                TINY.image(),
                                TINY.encoder(),
                                Tensors.read(file, ""),
                                Device.cpu())) {
            return encoder.embed(images.pixels(), images.size());
        }
    }

    /** The first image's mean embedding by the TorchScript archive, opened by DJL alone. */
    private static float[] djl(Path directory, ImageBatch images) throws Exception {
        try (Model model = Model.newInstance("encoder", "PyTorch")) {
            model.load(directory, "encoder");
            NDManager manager = model.getNDManager();
            int side = TINY.image().size();
            NDArray pixels =
                    manager.create(
                                    images.pixels().duplicate(),
                                    new Shape(images.size(), side, side, 3),
                                    DataType.UINT8)
                            .transpose(0, 3, 1, 2);
            NDList found =
                    model.getBlock()
                            .forward(new ParameterStore(manager, false), new NDList(pixels), false);
            return found.get(1).get(0).toFloatArray();
        }
    }

    private static PublishedCheckpoint publish(FileSystemStore store) throws Exception {
        return publish(store, 0);
    }

    private static PublishedCheckpoint publish(FileSystemStore store, double emaDecay)
            throws Exception {
        MaeSettings settings =
                new MaeSettings(
                        TINY,
                        new Objective(0.75, true),
                        AdamWSettings.paper(),
                        Precision.FP32,
                        1,
                        emaDecay);
        try (TrainStep step = TrainStep.open(settings, Device.cpu())) {
            step.run(images(8), 1e-3);
            step.run(images(8), 1e-3);
            RunDescription run =
                    new RunDescription("run", RunDescription.describe(settings), "d", "test");
            return CheckpointFiles.publish(store, snapshot(step.snapshot()), run);
        }
    }

    private static Snapshot snapshot(TrainState tensors) {
        return new Snapshot(
                ID,
                Optional.empty(),
                Instant.EPOCH,
                new Trigger(TriggerKind.TIME, "test"),
                tensors,
                new RunState(
                        new RunState.Arithmetic(1, Optional.of(Precision.FP32)),
                        new Progress(2, 16, 0, 0),
                        FeedState.empty(),
                        new RunState.SinceParent(
                                new TreeMap<>(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Optional.empty())),
                Map.of("loss", 1.0),
                Optional.of(images(3)));
    }

    private static ImageBatch images(int count) {
        int bytes = TINY.patches() * TINY.patchValues();
        byte[] noise = new byte[count * bytes];
        new Random(count).nextBytes(noise);
        ByteBuffer pixels = ByteBuffer.allocateDirect(noise.length).put(noise).flip();
        return new ImageBatch(pixels, count, new long[count]);
    }

    private static void write(Path file, ImageBatch images, Embeddings embeddings)
            throws Exception {
        long side = TINY.image().size();
        Tensor pixels =
                new Tensor(
                        "pixels",
                        DType.U8,
                        List.of((long) images.size(), side, side, 3L),
                        images.pixels().duplicate());
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            SafetensorsWriter.write(
                    out,
                    List.of(pixels, rows("cls", embeddings.cls()), rows("mean", embeddings.mean())),
                    Map.of());
        }
    }

    private static Tensor rows(String name, float[][] rows) {
        ByteBuffer data =
                ByteBuffer.allocate(rows.length * rows[0].length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                data.putFloat(value);
            }
        }
        return new Tensor(
                name, DType.F32, List.of((long) rows.length, (long) rows[0].length), data.flip());
    }

    private static Map<String, List<Long>> shapes(Path file) throws Exception {
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            Map<String, List<Long>> shapes = new TreeMap<>();
            for (String name : open.names()) {
                shapes.put(name, open.tensor(name).shape());
            }
            return shapes;
        }
    }

    private static Map<String, List<Long>> shapes(List<Tensor> tensors) {
        Map<String, List<Long>> shapes = new TreeMap<>();
        tensors.forEach(tensor -> shapes.put(tensor.name(), tensor.shape()));
        return shapes;
    }
}
