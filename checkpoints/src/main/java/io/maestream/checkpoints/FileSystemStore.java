package io.maestream.checkpoints;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Checkpoints as directories under one root. A checkpoint is written into a hidden directory, every
 * file is made durable, the manifest comes last, and one rename makes the whole visible.
 */
public final class FileSystemStore implements CheckpointStore {

    private static final String HIDDEN = ".tmp-";

    private final Path root;
    private final PublishObserver observer;

    /**
     * @param root made if it is not there
     */
    public FileSystemStore(Path root) {
        this(root, PublishObserver.NONE);
    }

    public FileSystemStore(Path root, PublishObserver observer) {
        this.root = root.toAbsolutePath().normalize();
        this.observer = observer;
    }

    @Override
    public CheckpointDraft begin(String checkpointId) throws IOException {
        Path target = root.resolve(Names.requireId(checkpointId));
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new CheckpointException("there is a checkpoint " + checkpointId + " already");
        }
        observer.at(PublishPoint.BEFORE_DRAFT);
        Path hidden = hidden(checkpointId);
        try {
            Files.createDirectories(root);
            Files.createDirectory(hidden);
        } catch (IOException e) {
            throw CheckpointException.because("cannot begin checkpoint " + checkpointId, e);
        }
        return new Draft(checkpointId, new HiddenDirectory(hidden, target), observer);
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public URI location(String checkpointId) {
        return root.resolve(Names.requireId(checkpointId)).toUri();
    }

    @Override
    public Path directory(String checkpointId) throws IOException {
        Path directory = root.resolve(Names.requireId(checkpointId));
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new CheckpointException(
                    "there is no checkpoint %s in %s".formatted(checkpointId, root));
        }
        return directory;
    }

    @Override
    public Manifest manifest(String checkpointId) throws IOException {
        Path manifest = directory(checkpointId).resolve(Manifest.FILE_NAME);
        if (!Files.isRegularFile(manifest)) {
            throw new CheckpointException(
                    "checkpoint %s has no %s".formatted(checkpointId, Manifest.FILE_NAME));
        }
        long size = Files.size(manifest);
        if (size > Manifest.MAX_BYTES) {
            throw new CheckpointException(
                    "%s of checkpoint %s has %d bytes, the limit is %d"
                            .formatted(Manifest.FILE_NAME, checkpointId, size, Manifest.MAX_BYTES));
        }
        return ManifestJson.read(Files.readAllBytes(manifest));
    }

    @Override
    public List<String> ids() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Names.isId(entry.getFileName().toString()))
                    .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .filter(entry -> Files.isRegularFile(entry.resolve(Manifest.FILE_NAME)))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void delete(String checkpointId) throws IOException {
        Path directory = root.resolve(Names.requireId(checkpointId));
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Path hidden = hidden(checkpointId);
            Files.move(directory, hidden, StandardCopyOption.ATOMIC_MOVE);
            Directories.delete(hidden);
        }
    }

    @Override
    public int sweepAbandoned(Instant untouchedSince) throws IOException {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        int swept = 0;
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.filter(FileSystemStore::isDraft).toList()) {
                swept += sweep(entry, untouchedSince) ? 1 : 0;
            }
        }
        return swept;
    }

    private static boolean sweep(Path draft, Instant untouchedSince) throws IOException {
        try {
            boolean abandoned = Directories.lastTouched(draft).isBefore(untouchedSince);
            if (abandoned) {
                Directories.delete(draft);
            }
            return abandoned;
        } catch (NoSuchFileException e) {
            // Somebody publishes or discards it at this moment: it is not abandoned.
            return false;
        }
    }

    private Path hidden(String checkpointId) {
        return root.resolve(HIDDEN + checkpointId + "-" + UUID.randomUUID());
    }

    private static boolean isDraft(Path entry) {
        return entry.getFileName().toString().startsWith(HIDDEN);
    }
}
