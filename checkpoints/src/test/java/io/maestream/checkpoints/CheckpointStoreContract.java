package io.maestream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of checkpoints promises. */
public interface CheckpointStoreContract {

    /** The store under test, empty. */
    CheckpointStore store();

    /** Puts bytes into the store behind its back. */
    void damage(String id, String name, byte[] bytes) throws IOException;

    /** Takes a file away behind its back. */
    void remove(String id, String name) throws IOException;

    @Test
    default void shouldShowACheckpointOnlyWhenItIsPublished() throws IOException {
        CheckpointStore store = store();
        try (CheckpointDraft draft = store.begin("step-1-aaaaaaaa")) {
            draft.write("model", "model.bin", out -> out.write(ByteBuffer.wrap(new byte[10])));
            assertThat(store.ids()).isEmpty();

            PublishedCheckpoint published =
                    draft.publish(files -> Manifests.of("step-1-aaaaaaaa", files));

            assertThat(store.ids()).containsExactly("step-1-aaaaaaaa");
            assertThat(store.manifest("step-1-aaaaaaaa")).isEqualTo(published.manifest());
        }
        assertThat(store.ids()).as("closing after publishing").containsExactly("step-1-aaaaaaaa");
    }

    @Test
    default void shouldDescribeEveryFileByItsDigest() throws IOException {
        PublishedCheckpoint published = publish("step-1-aaaaaaaa");

        Verification verification =
                CheckpointVerifier.verify(store(), published.id(), published.manifestSha256());

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.files()).isEqualTo(2);
        assertThat(published.manifest().files().get(0))
                .isEqualTo(
                        new FileEntry(
                                "model",
                                "model.bin",
                                3,
                                "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"));
    }

    @Test
    default void shouldNameTheFileWhenOneByteIsFlipped() throws IOException {
        PublishedCheckpoint published = publish("step-1-aaaaaaaa");
        damage(published.id(), "encoder/model.bin", new byte[] {4, 4, 6, 7});

        Verification verification =
                CheckpointVerifier.verify(store(), published.id(), published.manifestSha256());

        assertThat(verification.ok()).isFalse();
        assertThat(verification.problems())
                .singleElement()
                .asString()
                .startsWith("encoder/model.bin: digest");
    }

    @Test
    default void shouldNameWhatIsMissingWhatIsTooMuchAndWhatIsShort() throws IOException {
        PublishedCheckpoint published = publish("step-1-aaaaaaaa");
        remove(published.id(), "model.bin");
        damage(published.id(), "encoder/model.bin", new byte[1]);
        damage(published.id(), "extra.bin", new byte[1]);

        Verification verification = CheckpointVerifier.verify(store(), published.id(), null);

        assertThat(verification.problems())
                .containsExactly(
                        "model.bin: missing",
                        "encoder/model.bin: size 1, expected 4",
                        "extra.bin: not in the manifest");
    }

    @Test
    default void shouldNotTrustAManifestThatTheEventDoesNotName() throws IOException {
        PublishedCheckpoint published = publish("step-1-aaaaaaaa");

        Verification verification =
                CheckpointVerifier.verify(store(), published.id(), "0".repeat(64));

        assertThat(verification.problems())
                .singleElement()
                .asString()
                .startsWith("manifest.json: digest");
    }

    @Test
    default void shouldRefuseNamesThatLeaveTheStore() throws IOException {
        CheckpointStore store = store();
        for (String id : List.of("../x", "/etc", "a/b", ".tmp-1", "", "a\\b", "..", "a\0b")) {
            assertThatThrownBy(() -> store.begin(id)).hasMessageContaining("no checkpoint id");
            assertThatThrownBy(() -> store.directory(id)).hasMessageContaining("no checkpoint id");
            assertThatThrownBy(() -> store.delete(id)).hasMessageContaining("no checkpoint id");
        }
        try (CheckpointDraft draft = store.begin("step-1-aaaaaaaa")) {
            for (String name : List.of("../x", "/etc/x", "a//b", "a/../b", ".x", "a\\b", "")) {
                assertThatThrownBy(() -> draft.write("model", name, out -> {}))
                        .hasMessageContaining("no file name");
            }
        }
    }

    @Test
    default void shouldNotOverwriteACheckpoint() throws IOException {
        publish("step-1-aaaaaaaa");

        assertThatThrownBy(() -> store().begin("step-1-aaaaaaaa"))
                .hasMessageContaining("there is a checkpoint step-1-aaaaaaaa already");
    }

    @Test
    default void shouldForgetADraftThatIsClosedUnpublished() throws IOException {
        try (CheckpointDraft draft = store().begin("step-1-aaaaaaaa")) {
            draft.write("model", "model.bin", out -> out.write(ByteBuffer.wrap(new byte[10])));
        }

        assertThat(store().ids()).isEmpty();
        assertThat(store().sweepAbandoned(Instant.MAX)).isZero();
        publish("step-1-aaaaaaaa");
    }

    @Test
    default void shouldTakeEachNameOnceAndLeaveTheManifestToPublishing() throws IOException {
        try (CheckpointDraft draft = store().begin("step-1-aaaaaaaa")) {
            draft.write("model", "model.bin", out -> {});

            assertThatThrownBy(() -> draft.write("model", "model.bin", out -> {}))
                    .hasMessageContaining("has a file model.bin already");
            assertThatThrownBy(() -> draft.write("model", Manifest.FILE_NAME, out -> {}))
                    .hasMessageContaining("is written by publishing");
        }
    }

    @Test
    default void shouldTakeNothingMoreWhenADraftIsPublishedOrClosed() throws IOException {
        CheckpointDraft draft = store().begin("step-1-aaaaaaaa");
        draft.publish(files -> Manifests.of("step-1-aaaaaaaa", files));

        assertThatThrownBy(() -> draft.write("model", "model.bin", out -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is published");
        draft.close();
        assertThatThrownBy(() -> draft.publish(files -> Manifests.of("step-1-aaaaaaaa", files)))
                .hasMessageContaining("is closed");
        assertThat(store().sweepAbandoned(Instant.MAX)).isZero();
    }

    @Test
    default void shouldDeleteACheckpointWhole() throws IOException {
        publish("step-1-aaaaaaaa");
        publish("step-2-bbbbbbbb");

        store().delete("step-1-aaaaaaaa");
        store().delete("step-9-cccccccc");

        assertThat(store().ids()).containsExactly("step-2-bbbbbbbb");
        assertThatThrownBy(() -> store().manifest("step-1-aaaaaaaa"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("step-1-aaaaaaaa");
    }

    @Test
    default void shouldSayWhereACheckpointLiesBeforeAndAfterPublishing() throws IOException {
        String before = store().location("step-1-aaaaaaaa").toString();

        PublishedCheckpoint published = publish("step-1-aaaaaaaa");

        assertThat(published.location().toString()).startsWith(before);
        assertThat(before).contains("step-1-aaaaaaaa");
    }

    @Test
    default void shouldFetchACopyThatWasVerified() throws IOException {
        PublishedCheckpoint published = publish("step-1-aaaaaaaa");
        Path to = Files.createTempDirectory("fetched");

        Verification found =
                CheckpointFetch.fetch(store(), published.id(), published.manifestSha256(), to);

        assertThat(found.problems()).isEmpty();
        assertThat(to.resolve("step-1-aaaaaaaa/encoder/model.bin"))
                .hasBinaryContent(new byte[] {4, 5, 6, 7});
        assertThat(to.resolve("step-1-aaaaaaaa/manifest.json")).exists();
        assertThatThrownBy(() -> CheckpointFetch.fetch(store(), published.id(), null, to))
                .hasMessageContaining("already");
    }

    @Test
    default void shouldCopyNothingWhenAFetchedCheckpointIsDamaged() throws IOException {
        PublishedCheckpoint published = publish("step-1-aaaaaaaa");
        damage(published.id(), "model.bin", new byte[] {1, 2, 9});
        Path to = Files.createTempDirectory("fetched");

        Verification found = CheckpointFetch.fetch(store(), published.id(), null, to);

        assertThat(found.problems()).singleElement().asString().startsWith("model.bin: digest");
        assertThat(to).isEmptyDirectory();
    }

    @Test
    default void shouldSweepOnlyDraftsThatNobodyTouches() throws IOException {
        CheckpointDraft draft = store().begin("step-1-aaaaaaaa");
        draft.write("model", "model.bin", out -> out.write(ByteBuffer.wrap(new byte[10])));

        assertThat(store().sweepAbandoned(Instant.now().minusSeconds(3_600))).isZero();
        assertThat(store().sweepAbandoned(Instant.now().plusSeconds(60))).isEqualTo(1);
        draft.close();
    }

    private PublishedCheckpoint publish(String id) throws IOException {
        try (CheckpointDraft draft = store().begin(id)) {
            draft.write(
                    "model", "model.bin", out -> out.write(ByteBuffer.wrap(new byte[] {1, 2, 3})));
            draft.write(
                    "encoder",
                    "encoder/model.bin",
                    out -> out.write(ByteBuffer.wrap(new byte[] {4, 5, 6, 7})));
            return draft.publish(files -> Manifests.of(id, files));
        }
    }
}
