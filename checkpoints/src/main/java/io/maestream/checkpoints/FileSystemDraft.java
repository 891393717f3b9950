package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A checkpoint in a hidden directory, renamed when it is complete. */
final class FileSystemDraft implements CheckpointDraft {

    private enum State {
        OPEN,
        FAILED,
        PUBLISHED,
        CLOSED
    }

    private final String id;
    private final Path hidden;
    private final Path target;
    private final PublishObserver observer;
    private final List<FileEntry> files = new ArrayList<>();
    private State state = State.OPEN;

    FileSystemDraft(String id, Path hidden, Path target, PublishObserver observer) {
        this.id = id;
        this.hidden = hidden;
        this.target = target;
        this.observer = observer;
    }

    @Override
    public FileEntry write(String role, String name, FileContent content) throws IOException {
        requireOpen();
        requireNew(Names.requireFile(name));
        FileEntry entry = writeDurably(role, name, content);
        files.add(entry);
        return entry;
    }

    @Override
    public List<FileEntry> files() {
        return List.copyOf(files);
    }

    @Override
    public PublishedCheckpoint publish(Function<List<FileEntry>, Manifest> manifest)
            throws IOException {
        requireOpen();
        Manifest described = manifest.apply(List.copyOf(files));
        requireOwn(described);
        observer.at(PublishPoint.BEFORE_MANIFEST);
        byte[] json = ManifestJson.write(described);
        FileEntry written =
                writeDurably(
                        "manifest", Manifest.FILE_NAME, out -> out.write(ByteBuffer.wrap(json)));
        state = State.FAILED;
        try {
            syncDirectories();
            observer.at(PublishPoint.BEFORE_RENAME);
            Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
            Directories.sync(target.getParent());
        } catch (IOException e) {
            throw CheckpointException.because("cannot publish checkpoint " + id, e);
        }
        state = State.PUBLISHED;
        observer.at(PublishPoint.AFTER_RENAME);
        return new PublishedCheckpoint(id, target.toUri(), described, written.sha256());
    }

    @Override
    public void close() throws IOException {
        state = State.CLOSED;
        Directories.delete(hidden);
    }

    /** Until the file is whole and durable, the draft counts as failed. */
    private FileEntry writeDurably(String role, String name, FileContent content)
            throws IOException {
        state = State.FAILED;
        Path path = hidden.resolve(name);
        FileEntry entry;
        try {
            Files.createDirectories(path.getParent());
            entry = writeHashed(role, name, path, content);
        } catch (IOException e) {
            throw CheckpointException.because(
                    "cannot write %s of checkpoint %s".formatted(name, id), e);
        }
        state = State.OPEN;
        return entry;
    }

    private FileEntry writeHashed(String role, String name, Path path, FileContent content)
            throws IOException {
        try (FileChannel file =
                        FileChannel.open(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                HashingChannel out =
                        new HashingChannel(file, () -> observer.at(PublishPoint.MID_WRITE))) {
            content.writeTo(out);
            file.force(true);
            return new FileEntry(role, name, out.size(), out.sha256Hex());
        }
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    "the draft of checkpoint %s is %s: begin a new one"
                            .formatted(id, state.name().toLowerCase(Locale.ROOT)));
        }
    }

    private void requireNew(String name) {
        if (name.equals(Manifest.FILE_NAME)) {
            throw new IllegalArgumentException(name + " is written by publishing");
        }
        if (files.stream().anyMatch(file -> file.name().equals(name))) {
            throw new IllegalArgumentException(
                    "checkpoint %s has a file %s already".formatted(id, name));
        }
    }

    private void requireOwn(Manifest described) {
        if (!described.checkpointId().equals(id)) {
            throw new IllegalArgumentException(
                    "the manifest of %s calls itself %s".formatted(id, described.checkpointId()));
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
