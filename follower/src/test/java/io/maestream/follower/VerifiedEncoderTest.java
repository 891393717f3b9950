package io.maestream.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsException;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.schemas.ModelShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedEncoderTest {

    private static final String ID = "step-000000007-0a1b2c3d";
    private static final ModelShape SHAPE = new ModelShape(16, 8, 3, 12, 2, 3, 8, 1, 2, 0.75, true);

    @TempDir private Path directory;

    @Test
    void shouldReadEveryArrayWhenTheFileIsOfTheAnnouncedShape() throws IOException {
        // Given
        VerifiedEncoder encoder = encoder(SHAPE, arrays());

        // When
        Map<String, Tensor> tensors = encoder.load();

        // Then
        assertThat(tensors).hasSize(4 + 2 * 12 + 2).containsKey("blocks.1.mlp.fc2.bias");
        Tensor patches = tensors.get("patch_embed.proj.weight");
        assertThat(patches.shape()).containsExactly(12L, 3L, 8L, 8L);
        assertThat(patches.data().order(ByteOrder.LITTLE_ENDIAN).getFloat(4 * 7)).isEqualTo(7f);
        assertThat(tensors.get("pos_embed").shape()).containsExactly(1L, 5L, 12L);
    }

    @Test
    void shouldNameTheArraysWhenTheModelIsDeeper() throws IOException {
        // Given
        ModelShape deeper = ModelShape.newBuilder(SHAPE).setEncoderDepth(3).build();

        // When, Then
        assertRefused(encoder(deeper, arrays()), "12 arrays missing", "blocks.2.attn.qkv.weight");
    }

    @Test
    void shouldNameTheArrayWhenItIsNoEncoders() throws IOException {
        // Given the token that makes timm take a file for another kind of model
        Map<String, Tensor> arrays = arrays();
        arrays.put("mask_token", tensor("mask_token", List.of(1L, 1L, 8L)));

        // When, Then
        assertRefused(encoder(SHAPE, arrays), "1 unknown [mask_token]");
    }

    @Test
    void shouldNameTheArrayWhenItsSizeIsAnother() throws IOException {
        // Given
        Map<String, Tensor> arrays = arrays();
        arrays.put("norm.bias", tensor("norm.bias", List.of(13L)));

        // When, Then
        assertRefused(
                encoder(SHAPE, arrays), "norm.bias has shape [13] of F32, its event says [12]");
    }

    @Test
    void shouldRefuseTheShapeWhenThereIsNoSuchModel() throws IOException {
        // Given
        ModelShape noPatch = ModelShape.newBuilder(SHAPE).setPatchSize(0).build();
        ModelShape endless = ModelShape.newBuilder(SHAPE).setEncoderDepth(1 << 30).build();

        // When, Then
        assertRefused(encoder(noPatch, arrays()), "image size 16 is no multiple of patch size 0");
        assertRefused(encoder(endless, arrays()), "depth 1073741824 is not 1 to 1000");
    }

    @Test
    void shouldSayWhyWhenTheFileIsNotSafetensors() throws IOException {
        // Given
        VerifiedEncoder encoder = encoder(SHAPE, arrays());
        Files.writeString(encoder.file(), "no tensors");

        // When, Then
        assertThatThrownBy(encoder::load).isInstanceOf(SafetensorsException.class);
    }

    private static void assertRefused(VerifiedEncoder encoder, String... messages) {
        assertThatThrownBy(encoder::load)
                .isInstanceOf(RefusedCheckpointException.class)
                .hasMessageContaining(ID)
                .hasMessageContainingAll(messages);
    }

    private VerifiedEncoder encoder(ModelShape announced, Map<String, Tensor> arrays)
            throws IOException {
        Path file = directory.resolve("model.safetensors");
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            SafetensorsWriter.write(out, arrays.values(), Map.of());
        }
        return new VerifiedEncoder(ID, 7, announced, file);
    }

    private static Map<String, Tensor> arrays() {
        Map<String, Tensor> arrays = new TreeMap<>();
        EncoderLayout.of(ID, SHAPE)
                .shapes()
                .forEach((name, shape) -> arrays.put(name, tensor(name, shape)));
        return arrays;
    }

    /** Holds 0, 1, 2, and so on. */
    private static Tensor tensor(String name, List<Long> shape) {
        int size = shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact);
        ByteBuffer data = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            data.putFloat(i);
        }
        return new Tensor(name, DType.F32, shape, data.flip());
    }
}
