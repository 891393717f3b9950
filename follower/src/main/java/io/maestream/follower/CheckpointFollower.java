package io.maestream.follower;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointReader;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Verification;
import io.maestream.schemas.CheckpointCommitted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * From a committed event to an encoder that can be trusted: the location is checked before anything
 * is read, then the manifest against the event, then every file against the manifest.
 */
public final class CheckpointFollower {

    /** Role of the encoder's file. */
    public static final String ENCODER_ROLE = "encoder";

    /** Name of the encoder's file in every checkpoint. */
    public static final String ENCODER_FILE = "encoder/model.safetensors";

    private final CheckpointReader store;
    private final StoreRoot announced;

    /**
     * Follows a store that this machine sees at the same path as the trainer does.
     *
     * @param root the store's directory
     */
    public CheckpointFollower(Path root) {
        this(new FileSystemStore(root), root.toAbsolutePath().normalize().toUri());
    }

    /**
     * Follows a store that may be seen elsewhere here, such as a volume at another mount point.
     *
     * @param store where checkpoints are read from
     * @param announcedRoot the root that events speak of
     * @throws IllegalArgumentException if that is no absolute URI
     */
    public CheckpointFollower(CheckpointReader store, URI announcedRoot) {
        this.store = store;
        this.announced = new StoreRoot(announcedRoot);
    }

    /**
     * Verifies a checkpoint and opens its encoder.
     *
     * @param event a committed one, read with {@code isolation.level=read_committed}
     * @throws CheckpointException if the location lies outside the store's root, the checkpoint is
     *     not there (retention may have deleted it), any byte of it is not what the event vouches
     *     for, or its encoder is not of the announced shape
     */
    public VerifiedEncoder open(CheckpointCommitted event) throws IOException {
        String id = announced.idOf(event.getLocation());
        if (!id.equals(event.getCheckpointId())) {
            throw new CheckpointException(
                    "the event of checkpoint %s gives the location of %s"
                            .formatted(event.getCheckpointId(), id));
        }
        requireWhole(verify(id, event.getManifestSha256()));
        FileEntry encoder = encoder(id);
        return VerifiedEncoder.open(event, store.directory(id).resolve(encoder.name()));
    }

    private Verification verify(String id, String manifestSha256) throws IOException {
        try {
            return CheckpointVerifier.verify(store, id, manifestSha256);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(e.getMessage(), e);
        }
    }

    private static void requireWhole(Verification verification) throws CheckpointException {
        if (!verification.ok()) {
            throw new CheckpointException(
                    "checkpoint %s is not what its event vouches for: %s"
                            .formatted(
                                    verification.checkpointId(),
                                    String.join("; ", verification.problems())));
        }
    }

    private FileEntry encoder(String id) throws IOException {
        return store.manifest(id).files().stream()
                .filter(file -> file.role().equals(ENCODER_ROLE))
                .filter(file -> file.name().equals(ENCODER_FILE))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CheckpointException(
                                        "checkpoint %s has no file %s of role %s"
                                                .formatted(id, ENCODER_FILE, ENCODER_ROLE)));
    }
}
