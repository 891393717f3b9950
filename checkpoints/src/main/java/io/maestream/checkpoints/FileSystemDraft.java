package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A checkpoint in a hidden directory, renamed when it is complete. */
final class FileSystemDraft implements CheckpointDraft {

    private final String id;
    private final Path hidden;
    private final Path target;
    private final PublishObserver observer;
    private final List<FileEntry> files = new ArrayList<>();

    FileSystemDraft(String id, Path hidden, Path target, PublishObserver observer) {
        this.id = id;
        this.hidden = hidden;
        this.target = target;
        this.observer = observer;
    }

    @Override
    public FileEntry write(String role, String name, FileContent content) throws IOException {
        Path path = hidden.resolve(Names.requireFile(name));
        Files.createDirectories(path.getParent());
        try (FileChannel file =
                        FileChannel.open(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                HashingChannel out = new HashingChannel(file)) {
            content.writeTo(out);
            observer.at(PublishPoint.MID_WRITE);
            file.force(true);
            FileEntry entry = new FileEntry(role, name, out.size(), out.sha256Hex());
            files.add(entry);
            return entry;
        }
    }

    @Override
    public PublishedCheckpoint publish(Function<List<FileEntry>, Manifest> manifest)
            throws IOException {
        Manifest described = manifest.apply(List.copyOf(files));
        if (!described.checkpointId().equals(id)) {
            throw new IllegalArgumentException(
                    "the manifest of %s calls itself %s".formatted(id, described.checkpointId()));
        }
        observer.at(PublishPoint.BEFORE_MANIFEST);
        byte[] json = ManifestJson.write(described);
        FileEntry written = write("manifest", Manifest.FILE_NAME, out -> writeFully(out, json));
        syncDirectories();
        observer.at(PublishPoint.BEFORE_RENAME);
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(target.getParent());
        observer.at(PublishPoint.AFTER_RENAME);
        return new PublishedCheckpoint(id, target.toUri(), described, written.sha256());
    }

    @Override
    public void close() throws IOException {
        Directories.delete(hidden);
    }

    private static void writeFully(WritableByteChannel out, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private void syncDirectories() throws IOException {
        try (var directories = Files.walk(hidden)) {
            for (Path directory : directories.filter(Files::isDirectory).toList()) {
                Directories.sync(directory);
            }
        }
    }
}
