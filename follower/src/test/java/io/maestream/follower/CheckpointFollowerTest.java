package io.maestream.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.ModelShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFollowerTest {

    @TempDir private Path directory;

    private Path root() {
        return directory.resolve("checkpoints");
    }

    @Test
    void shouldOpenTheEncoderWhenTheCheckpointIsWhole() throws IOException {
        // Given
        CheckpointCommitted event = Publishing.publish(root(), "step-000000010-a");

        // When
        try (VerifiedEncoder encoder = new CheckpointFollower(root()).open(event)) {
            Tensor weight = encoder.tensor("patch_embed.proj.weight");

            // Then
            assertThat(encoder.names())
                    .containsExactlyElementsOf(EncoderLayout.of(Publishing.SHAPE).keySet())
                    .hasSize(4 + 2 * 12 + 2);
            assertThat(weight.shape()).containsExactly(12L, 3L, 8L, 8L);
            assertThat(weight.data().getFloat(4 * 7)).isEqualTo(7f);
            assertThat(encoder.event()).isEqualTo(event);
            assertThat(encoder.shape()).isEqualTo(Publishing.SHAPE);
            assertThat(encoder.path()).isRegularFile();
        }
    }

    @Test
    void shouldOpenTheEncoderWhenTheStoreIsMountedElsewhere() throws IOException {
        // Given
        CheckpointCommitted event = Publishing.publish(root(), "a");
        Path moved = Files.move(root(), directory.resolve("mounted"));

        // When
        CheckpointFollower follower =
                new CheckpointFollower(new FileSystemStore(moved), root().toUri());

        // Then
        try (VerifiedEncoder encoder = follower.open(event)) {
            assertThat(encoder.path()).startsWith(moved);
        }
    }

    @Test
    void shouldRefuseTheLocationWhenItLiesOutsideTheRoot() throws IOException {
        // Given a whole checkpoint in another store, which the event names
        CheckpointCommitted elsewhere = Publishing.publish(directory.resolve("elsewhere"), "a");
        Publishing.publish(root(), "a");

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(elsewhere))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("lies outside the store's root")
                .hasMessageContaining("elsewhere/a");
    }

    @Test
    void shouldRefuseTheEventWhenItsLocationIsAnotherCheckpoints() throws IOException {
        // Given
        CheckpointCommitted first = Publishing.publish(root(), "a");
        CheckpointCommitted second = Publishing.publish(root(), "b");
        CheckpointCommitted mixed =
                CheckpointCommitted.newBuilder(first).setLocation(second.getLocation()).build();

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(mixed))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("the event of checkpoint a gives the location of b");
    }

    @Test
    void shouldRefuseTheEventWhenItsIdIsHidden() throws IOException {
        // Given a draft's directory, as a crash leaves it
        CheckpointCommitted event = Publishing.publish(root(), "a");
        CheckpointCommitted hidden =
                CheckpointCommitted.newBuilder(event)
                        .setCheckpointId(".tmp-a")
                        .setLocation(root().resolve(".tmp-a").toUri().toString())
                        .build();
        Files.move(root().resolve("a"), root().resolve(".tmp-a"));

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(hidden))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'.tmp-a' is no checkpoint id");
    }

    @Test
    void shouldNameTheFileWhenAByteDiffers() throws IOException {
        // Given
        CheckpointCommitted event = Publishing.publish(root(), "a");
        flipLastByte(root().resolve("a").resolve(CheckpointFollower.ENCODER_FILE));

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(event))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("encoder/model.safetensors: digest");
    }

    @Test
    void shouldNameTheManifestWhenItIsNotTheEvents() throws IOException {
        // Given a manifest that was rewritten, still valid JSON
        CheckpointCommitted event = Publishing.publish(root(), "a");
        Path manifest = root().resolve("a").resolve(Manifest.FILE_NAME);
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("\"imagesSeen\" : 320", "\"imagesSeen\" : 321"));

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(event))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("manifest.json: digest");
    }

    @Test
    void shouldSayThatItIsGoneWhenRetentionDeletedIt() throws IOException {
        // Given
        CheckpointCommitted event = Publishing.publish(root(), "a");
        new FileSystemStore(root()).delete("a");

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(event))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("there is no checkpoint a");
    }

    @Test
    void shouldRefuseTheCheckpointWhenItHasNoEncoder() throws IOException {
        // Given
        CheckpointCommitted event =
                Publishing.publish(root(), "a", "other.safetensors", Publishing.encoder());

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(event))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("has no file encoder/model.safetensors");
    }

    @Test
    void shouldNameTheArraysWhenTheEncoderIsOfAnotherShape() throws IOException {
        // Given
        CheckpointCommitted event = Publishing.publish(root(), "a");
        ModelShape deeper = ModelShape.newBuilder(Publishing.SHAPE).setEncoderDepth(3).build();
        CheckpointCommitted claimed =
                CheckpointCommitted.newBuilder(event).setShape(deeper).build();

        // When, Then
        assertThatThrownBy(() -> new CheckpointFollower(root()).open(claimed))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("12 arrays missing")
                .hasMessageContaining("blocks.2.attn.qkv.weight");
    }

    @Test
    void shouldNameTheArrayWhenItsSizeIsNotTheShapes() throws IOException {
        // Given
        List<Tensor> encoder =
                Publishing.encoder().stream()
                        .map(
                                tensor ->
                                        tensor.name().equals("norm.bias")
                                                ? Publishing.tensor("norm.bias", List.of(13L))
                                                : tensor)
                        .toList();
        CheckpointCommitted event =
                Publishing.publish(root(), "a", CheckpointFollower.ENCODER_FILE, encoder);

        // When, Then
        try (VerifiedEncoder opened = new CheckpointFollower(root()).open(event)) {
            assertThat(opened.tensor("norm.weight").shape()).containsExactly(12L);
            assertThatThrownBy(() -> opened.tensor("norm.bias"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("norm.bias has shape [13] of F32, its event says [12]");
        }
    }

    private static void flipLastByte(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long last = channel.size() - 1;
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, last);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            channel.write(one, last);
        }
    }
}
