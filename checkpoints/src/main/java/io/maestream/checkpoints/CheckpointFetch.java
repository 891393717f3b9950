package io.maestream.checkpoints;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Copies a checkpoint out of a store, and believes it only after its digests were compared. */
public final class CheckpointFetch {

    private CheckpointFetch() {}

    /**
     * Copies a checkpoint to {@code to/ID}; nothing is there before all of it was verified.
     *
     * @param expectedManifestSha256 the digest in the committed event, or null to trust the
     *     manifest
     * @return what was compared; its problems name what differs, and then nothing was copied
     * @throws CheckpointException if there is no such checkpoint, or one is there already
     */
    public static Verification fetch(
            CheckpointReader store, String id, String expectedManifestSha256, Path to)
            throws IOException {
        Path target = to.toAbsolutePath().normalize().resolve(Names.requireId(id));
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new CheckpointException("there is a " + target + " already");
        }
        Path hidden = target.resolveSibling(".tmp-" + id + "-" + UUID.randomUUID());
        try {
            Path source = store.directory(id);
            Files.createDirectories(hidden);
            copy(source, Manifest.FILE_NAME, hidden);
            for (FileEntry file : store.manifest(id).files()) {
                copy(source, file.name(), hidden);
            }
            Verification found =
                    CheckpointVerifier.verify(
                            new FetchedCheckpoint(store, id, hidden), id, expectedManifestSha256);
            if (found.ok()) {
                Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
                Directories.sync(target.getParent());
            }
            return found;
        } finally {
            Directories.delete(hidden);
        }
    }

    /** A file that is missing is told by the comparison. */
    private static void copy(Path source, String name, Path into) throws IOException {
        Path file = source.resolve(name);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            Path copy = into.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    /** What was copied, under the eyes of the verifier. */
    private record FetchedCheckpoint(CheckpointReader store, String id, Path copy)
            implements CheckpointReader {

        @Override
        public String location() {
            return copy.toString();
        }

        @Override
        public URI location(String checkpointId) {
            return store.location(checkpointId);
        }

        @Override
        public Path directory(String checkpointId) {
            return copy;
        }

        @Override
        public Manifest manifest(String checkpointId) throws IOException {
            return ManifestJson.read(Files.readAllBytes(copy.resolve(Manifest.FILE_NAME)));
        }
    }
}
