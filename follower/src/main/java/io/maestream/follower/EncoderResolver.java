package io.maestream.follower;

import io.maestream.checkpoints.CheckpointReader;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.Verification;
import io.maestream.schemas.CheckpointCommitted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * From a committed event to an encoder that can be trusted: the location must lie in the store, the
 * manifest must be the one that the event names, and every file must be what the manifest says.
 */
public final class EncoderResolver {

    private static final String ENCODER_ROLE = "encoder";

    private final CheckpointReader store;

    public EncoderResolver(CheckpointReader store) {
        this.store = store;
    }

    /**
     * @throws RefusedCheckpointException if the checkpoint is elsewhere, damaged, or has no encoder
     */
    public VerifiedEncoder resolve(CheckpointCommitted event) {
        String id = event.getCheckpointId();
        try {
            Path directory = store.directory(id);
            requireSameLocation(event, store.location(id));
            Verification verification =
                    CheckpointVerifier.verify(store, id, event.getManifestSha256());
            if (!verification.ok()) {
                throw new RefusedCheckpointException(
                        "checkpoint %s is damaged: %s"
                                .formatted(id, String.join("; ", verification.problems())));
            }
            return new VerifiedEncoder(
                    id, event.getStep(), event.getShape(), directory.resolve(encoderFile(id)));
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedCheckpointException(
                    "checkpoint %s cannot be read: %s".formatted(id, e.getMessage()), e);
        }
    }

    /** The names in the event are not believed: a verified manifest has checked ones. */
    private String encoderFile(String id) throws IOException {
        return store.manifest(id).files().stream()
                .filter(file -> file.role().equals(ENCODER_ROLE))
                .map(file -> file.name())
                .findFirst()
                .orElseThrow(
                        () -> new RefusedCheckpointException(id + " has no file of role encoder"));
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
