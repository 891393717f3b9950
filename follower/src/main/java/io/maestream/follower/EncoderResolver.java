package io.maestream.follower;

import io.maestream.checkpoints.CheckpointReader;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.StoreRefusedException;
import io.maestream.checkpoints.StoreUnreachableException;
import io.maestream.checkpoints.Verification;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.ModelShape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * From a committed event to an encoder that can be trusted: the location must lie in the store, the
 * manifest must be the one that the event names, and every file must be what the manifest says.
 */
public final class EncoderResolver {

    private static final String ENCODER_ROLE = "encoder";
    private static final String AVERAGED_ROLE = "ema-encoder";

    private final CheckpointReader store;

    public EncoderResolver(CheckpointReader store) {
        this.store = store;
    }

    /**
     * @throws RefusedCheckpointException if the checkpoint is elsewhere, damaged, or has no encoder
     * @throws IOException if the store is away or does not let us in, which says nothing of the
     *     checkpoint
     */
    public VerifiedEncoder resolve(CheckpointCommitted event) throws IOException {
        String id = event.getCheckpointId();
        try {
            requireSameLocation(event, store.location(id));
            requireStore(store.location(id));
            Path directory = store.directory(id);
            Verification verification =
                    CheckpointVerifier.verify(store, id, event.getManifestSha256());
            if (!verification.ok()) {
                throw new RefusedCheckpointException(
                        "checkpoint %s is damaged: %s"
                                .formatted(id, String.join("; ", verification.problems())));
            }
            String file = encoderFile(store.manifest(id), ENCODER_ROLE);
            return new VerifiedEncoder(
                    id, event.getStep(), event.getShape(), directory.resolve(file));
        } catch (StoreUnreachableException | StoreRefusedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedCheckpointException(
                    "checkpoint %s cannot be read: %s".formatted(id, e.getMessage()), e);
        }
    }

    /**
     * The encoder of a checkpoint that was verified already, as its manifest has it.
     *
     * @param directory its files
     * @param averaged whether the moving average of its weights is meant
     * @throws RefusedCheckpointException if it has none
     */
    public static VerifiedEncoder verified(Manifest manifest, Path directory, boolean averaged) {
        String role = averaged ? AVERAGED_ROLE : ENCODER_ROLE;
        return new VerifiedEncoder(
                manifest.checkpointId(),
                manifest.step(),
                shape(manifest.model()),
                directory.resolve(encoderFile(manifest, role)));
    }

    /** The names in the event are not believed: a verified manifest has checked ones. */
    private static String encoderFile(Manifest manifest, String role) {
        return manifest.files().stream()
                .filter(file -> file.role().equals(role))
                .map(file -> file.name())
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedCheckpointException(
                                        "checkpoint %s has no file of role %s"
                                                .formatted(manifest.checkpointId(), role)));
    }

    private static ModelShape shape(ModelDescription model) {
        return new ModelShape(
                model.imageSize(),
                model.patchSize(),
                model.channels(),
                model.encoderDim(),
                model.encoderDepth(),
                model.encoderHeads(),
                model.decoderDim(),
                model.decoderDepth(),
                model.decoderHeads(),
                model.maskRatio(),
                model.normPix());
    }

    /** A disk that is not mounted looks like a store from which everything was deleted. */
    private static void requireStore(URI checkpoint) throws StoreUnreachableException {
        if ("file".equals(checkpoint.getScheme())) {
            Path root = Path.of(checkpoint).getParent();
            if (!Files.isDirectory(root)) {
                throw new StoreUnreachableException("there is no directory " + root, null);
            }
        }
    }

    private static void requireSameLocation(CheckpointCommitted event, URI own) {
        if ("file".equals(own.getScheme())) {
            requireSameDirectory(event, Path.of(own));
        } else if (!withoutSlash(event.getLocation()).equals(withoutSlash(own.toString()))) {
            throw new RefusedCheckpointException(
                    "checkpoint %s lies at %s, outside of this store (%s)"
                            .formatted(event.getCheckpointId(), event.getLocation(), own));
        }
    }

    private static String withoutSlash(String location) {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }

    private static void requireSameDirectory(CheckpointCommitted event, Path directory) {
        Path named;
        try {
            named = Path.of(URI.create(event.getLocation())).toAbsolutePath().normalize();
        } catch (RuntimeException e) {
            throw new RefusedCheckpointException(
                    "checkpoint %s lies at %s, which is no directory of this machine"
                            .formatted(event.getCheckpointId(), event.getLocation()),
                    e);
        }
        if (!named.equals(directory)) {
            throw new RefusedCheckpointException(
                    "checkpoint %s lies at %s, outside of this store (%s)"
                            .formatted(event.getCheckpointId(), named, directory));
        }
    }
}
