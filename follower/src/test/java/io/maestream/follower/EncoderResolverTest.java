package io.maestream.follower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.CheckpointReader;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.checkpoints.StoreUnreachableException;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.TriggerKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderResolverTest {

    private static final String ID = Fixture.id(7);

    @TempDir Path root;
    private FileSystemStore store;
    private PublishedCheckpoint published;

    @BeforeEach
    void publish() throws IOException {
        store = new FileSystemStore(root);
        published =
                Fixture.publish(
                        store,
                        7,
                        TriggerKind.TIME,
                        Fixture.Content.encoder((byte) 1, (byte) 2, (byte) 3, (byte) 4));
    }

    @Test
    void shouldFindTheEncoderOfAWholeCheckpoint() throws IOException {
        VerifiedEncoder encoder = resolve(event().build());

        assertThat(encoder.checkpointId()).isEqualTo(ID);
        assertThat(encoder.step()).isEqualTo(7);
        assertThat(encoder.file())
                .isEqualTo(root.resolve(ID).resolve("encoder/model.safetensors"))
                .exists();
    }

    @Test
    void shouldRefuseALocationOutsideOfTheStore() {
        assertRefused(
                event().setLocation(root.resolve("../elsewhere").toUri().toString()).build(),
                "outside of this store");
        assertRefused(event().setLocation("file:///etc/passwd").build(), "outside of this store");
        assertRefused(event().setLocation("s3://bucket/" + ID).build(), "no directory");
        assertRefused(event().setCheckpointId("../" + ID).build(), "no checkpoint id");
    }

    @Test
    void shouldCompareTheLocationOfAnObjectStoreAsWell() throws IOException {
        // Given a store whose checkpoints lie in a bucket, and copies of them here
        CheckpointReader bucket =
                new CheckpointReader() {
                    @Override
                    public String location() {
                        return "s3://bucket/runs/";
                    }

                    @Override
                    public URI location(String checkpointId) {
                        return URI.create("s3://bucket/runs/" + checkpointId + "/");
                    }

                    @Override
                    public Path directory(String checkpointId) throws IOException {
                        return store.directory(checkpointId);
                    }

                    @Override
                    public Manifest manifest(String checkpointId) throws IOException {
                        return store.manifest(checkpointId);
                    }
                };
        EncoderResolver resolver = new EncoderResolver(bucket);

        // When, Then
        CheckpointCommitted own = event().setLocation("s3://bucket/runs/" + ID).build();
        assertThat(resolver.resolve(own).file()).exists();
        CheckpointCommitted other = event().setLocation("s3://other/runs/" + ID).build();
        assertThatThrownBy(() -> resolver.resolve(other))
                .isInstanceOf(RefusedCheckpointException.class)
                .hasMessageContaining("outside of this store (s3://bucket/runs/" + ID);
    }

    @Test
    void shouldRefuseADamagedFileAndNameIt() throws IOException {
        Files.write(root.resolve(ID).resolve("encoder/model.safetensors"), new byte[] {1, 2, 3, 5});

        assertRefused(event().build(), "encoder/model.safetensors: digest");
    }

    @Test
    void shouldRefuseAManifestThatTheEventDoesNotName() {
        assertRefused(event().setManifestSha256("0".repeat(64)).build(), "manifest.json: digest");
    }

    @Test
    void shouldRefuseACheckpointThatIsNotThere() {
        String location = store.location("step-8").toString();
        assertRefused(
                event().setCheckpointId("step-8").setLocation(location).build(),
                "there is no checkpoint step-8");
    }

    @Test
    void shouldNotBlameTheCheckpointWhenTheStoreIsAway() throws IOException {
        // Given a store whose directory is not there, as one that is not mounted
        CheckpointCommitted event = event().build();
        Path elsewhere = root.resolveSibling(root.getFileName() + "-moved");
        Files.move(root, elsewhere);
        try {
            // When, Then
            assertThatThrownBy(() -> resolve(event))
                    .isInstanceOf(StoreUnreachableException.class)
                    .hasMessageContaining("there is no directory " + root);
        } finally {
            Files.move(elsewhere, root);
        }
    }

    @Test
    void shouldRefuseACheckpointWithoutAnEncoder() throws IOException {
        // Given a checkpoint that is whole, but has only a model
        store.delete(ID);
        published =
                Fixture.publish(
                        store,
                        7,
                        TriggerKind.TIME,
                        new Fixture.Content("model", "model.safetensors", new byte[4]));

        // When, Then
        assertRefused(event().build(), "has no file of role encoder");
    }

    @Test
    void shouldRefuseAnEncoderThatIsALinkOutOfTheStore(@TempDir Path elsewhere) throws IOException {
        // Given the very same bytes, but where somebody else can change them later
        Path folder = root.resolve(ID).resolve("encoder");
        Files.move(folder, elsewhere.resolve("encoder"));
        Files.createSymbolicLink(folder, elsewhere.resolve("encoder"));

        // When, Then
        assertRefused(event().build(), "encoder: not in the manifest");
    }

    private VerifiedEncoder resolve(CheckpointCommitted event) throws IOException {
        return new EncoderResolver(store).resolve(event);
    }

    private void assertRefused(CheckpointCommitted event, String message) {
        assertThatThrownBy(() -> resolve(event))
                .isInstanceOf(RefusedCheckpointException.class)
                .hasMessageContaining(event.getCheckpointId())
                .hasMessageContaining(message);
    }

    private CheckpointCommitted.Builder event() {
        return Fixture.event(7, TriggerKind.TIME)
                .setLocation(published.location().toString())
                .setManifestSha256(published.manifestSha256());
    }
}
