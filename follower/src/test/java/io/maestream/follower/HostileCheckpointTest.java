package io.maestream.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.safetensors.SafetensorsException;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.TriggerKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints and events that somebody made to do harm: each is refused with its own message. The
 * digests of manifests are right in all but one, as whoever writes the store may write events too.
 */
class HostileCheckpointTest {

    private static final String ID = Fixture.id(7);
    private static final String ENCODER = "encoder/model.safetensors";

    @TempDir Path root;

    @Test
    void shouldRefuseAPathThatLeavesTheStore() throws IOException {
        publish(new byte[8]);
        Path outside = Files.createDirectory(root.resolveSibling(root.getFileName() + "-outside"));
        CheckpointCommitted event =
                event().setLocation(outside.resolve(ID).toUri().toString()).build();

        assertThatThrownBy(() -> resolve(event)).hasMessageContaining("outside of this store");
        CheckpointCommitted climbing =
                event().setLocation(root.toUri() + "x/../../" + ID + "/").build();
        assertThatThrownBy(() -> resolve(climbing)).hasMessageContaining("outside of this store");
    }

    @Test
    void shouldRefuseAManifestThatLiesAboutSizes() throws IOException {
        publish(new byte[8]);
        rewrite("\"size\" : 8", "\"size\" : 9000000000000");

        assertThatThrownBy(() -> resolve(event().build()))
                .hasMessageContaining(ENCODER + ": size 8, expected 9000000000000");
        rewrite("\"size\" : 9000000000000", "\"size\" : -8");
        assertThatThrownBy(() -> resolve(event().build()))
                .isInstanceOf(RefusedCheckpointException.class)
                .hasMessageContaining("the manifest cannot be read");
    }

    @Test
    void shouldRefuseAFileNameThatLeavesTheCheckpoint() throws IOException {
        publish(new byte[8]);
        rewrite(ENCODER, "../../secret");

        assertThatThrownBy(() -> resolve(event().build()))
                .isInstanceOf(RefusedCheckpointException.class)
                .hasMessageContaining("'../../secret' is no file name inside a checkpoint");
    }

    @Test
    void shouldRefuseDigestsThatDoNotMatch() throws IOException {
        publish(new byte[8]);
        CheckpointCommitted other = event().setManifestSha256("0".repeat(64)).build();
        assertThatThrownBy(() -> resolve(other)).hasMessageContaining("manifest.json: digest");

        CheckpointCommitted event = event().build();
        Files.write(root.resolve(ID).resolve(ENCODER), new byte[] {0, 0, 0, 0, 0, 0, 0, 1});
        assertThatThrownBy(() -> resolve(event)).hasMessageContaining(ENCODER + ": digest");
    }

    @Test
    void shouldRefuseAManifestLargerThanAnyNeeds() throws IOException {
        publish(new byte[8]);
        Path manifest = root.resolve(ID).resolve(Manifest.FILE_NAME);
        CheckpointCommitted event = event().build();
        Files.write(manifest, new byte[Math.toIntExact(Manifest.MAX_BYTES) + 1]);

        assertThatThrownBy(() -> resolve(event)).hasMessageContaining("the limit is");
    }

    @Test
    void shouldRefuseAHeaderBomb() throws IOException {
        // Given an encoder whose header claims to be as long as memory, with right digests
        publish(
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(Long.MAX_VALUE)
                        .array());
        VerifiedEncoder encoder = resolve(event().build());

        assertThatThrownBy(encoder::load)
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("header");
    }

    @Test
    void shouldRefuseASizeInTheEventThatTheWeightsDoNotHave() throws IOException {
        // Given an event that announces an encoder of 200 GB for a file of some bytes
        byte[] empty = "{}      ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        publish(
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(empty.length)
                        .put(empty)
                        .array());
        ModelShape vast = new ModelShape(1 << 20, 1, 3, 65_536, 900, 2, 16, 1, 2, 0.75, true);
        VerifiedEncoder encoder = resolve(event().setShape(vast).build());

        assertThatThrownBy(encoder::load)
                .isInstanceOf(RefusedCheckpointException.class)
                .hasMessageContaining("not of the announced shape");
        assertThat(encoder.checkpointId()).isEqualTo(ID);
    }

    private VerifiedEncoder resolve(CheckpointCommitted event) throws IOException {
        return new EncoderResolver(new FileSystemStore(root)).resolve(event);
    }

    private void publish(byte[] encoder) throws IOException {
        Fixture.publish(
                new FileSystemStore(root), 7, TriggerKind.TIME, Fixture.Content.encoder(encoder));
    }

    private void rewrite(String what, String with) throws IOException {
        Path manifest = root.resolve(ID).resolve(Manifest.FILE_NAME);
        String text = Files.readString(manifest);
        assertThat(text).contains(what);
        Files.writeString(manifest, text.replace(what, with));
    }

    /** With the digest of the manifest as it is now. */
    private CheckpointCommitted.Builder event() throws IOException {
        FileSystemStore store = new FileSystemStore(root);
        return Fixture.event(7, TriggerKind.TIME)
                .setLocation(store.location(ID).toString())
                .setManifestSha256(CheckpointVerifier.manifestSha256(store, ID));
    }
}
