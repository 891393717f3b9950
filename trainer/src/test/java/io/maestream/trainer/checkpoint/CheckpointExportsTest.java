package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
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

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "small", "base"})
    void shouldHaveTheNamesAndShapesOfBothLibraries(String preset) {
        MaeShape shape = MaeShape.preset(preset);
        List<Tensor> timm = SmallModel.weights(shape, 0).stream().map(Tensors::of).toList();

        assertThat(shapes(HuggingFaceNames.of(timm))).isEqualTo(ExpectedNames.huggingFace(shape));
        assertThat(shapes(timm.stream().filter(t -> TensorNames.isEncoder(t.name())).toList()))
                .isEqualTo(ExpectedNames.timmEncoder(shape));
    }

    private static PublishedCheckpoint publish(FileSystemStore store) throws Exception {
        MaeSettings settings =
                new MaeSettings(
                        TINY,
                        new Objective(0.75, true),
                        AdamWSettings.paper(),
                        Precision.FP32,
                        1,
                        0);
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
