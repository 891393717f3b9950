package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
        Files.createDirectories(root);
        Path hidden = root.resolve(HIDDEN + checkpointId + "-" + UUID.randomUUID());
        Files.createDirectory(hidden);
        return new FileSystemDraft(checkpointId, hidden, target, observer);
    }

    @Override
    public String location() {
        return root.toString();
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
        return ManifestJson.read(Files.readAllBytes(manifest));
    }

    @Override
    public List<String> ids() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(Manifest.FILE_NAME)))
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void delete(String checkpointId) throws IOException {
        Directories.delete(root.resolve(Names.requireId(checkpointId)));
    }

    @Override
    public int sweepAbandoned(Instant untouchedSince) throws IOException {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        int swept = 0;
        try (Stream<Path> entries = Files.list(root)) {
            for (Path entry : entries.filter(FileSystemStore::isDraft).toList()) {
                if (Files.getLastModifiedTime(entry).toInstant().isBefore(untouchedSince)) {
                    Directories.delete(entry);
                    swept++;
                }
            }
        }
        return swept;
    }

    private static boolean isDraft(Path entry) {
        return entry.getFileName().toString().startsWith(HIDDEN);
    }
}
