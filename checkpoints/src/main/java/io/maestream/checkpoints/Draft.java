package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A checkpoint being written, whatever it is written to: counts, hashes, and keeps the order. */
final class Draft implements CheckpointDraft {

    private enum State {
        OPEN,
        FAILED,
        PUBLISHED,
        CLOSED
    }

    private final String id;
    private final DraftFiles target;
    private final PublishObserver observer;
    private final List<FileEntry> files = new ArrayList<>();
    private State state = State.OPEN;

    Draft(String id, DraftFiles target, PublishObserver observer) {
        this.id = id;
        this.target = target;
        this.observer = observer;
    }

    @Override
    public FileEntry write(String role, String name, FileContent content) throws IOException {
        requireOpen();
        requireNew(Names.requireFile(name));
        state = State.FAILED;
        HashedContent hashed = new HashedContent(content);
        try {
            target.write(name, hashed);
        } catch (IOException e) {
            throw CheckpointException.because(
                    "cannot write %s of checkpoint %s".formatted(name, id), e);
        }
        FileEntry entry = hashed.entry(role, name);
        files.add(entry);
        state = State.OPEN;
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
        HashedContent hashed = new HashedContent(out -> out.write(ByteBuffer.wrap(json)));
        state = State.FAILED;
        try {
            target.publish(hashed, observer);
        } catch (IOException e) {
            throw CheckpointException.because("cannot publish checkpoint " + id, e);
        }
        state = State.PUBLISHED;
        observer.at(PublishPoint.AFTER_RENAME);
        String digest = hashed.entry("manifest", Manifest.FILE_NAME).sha256();
        return new PublishedCheckpoint(id, target.location(), described, digest);
    }

    @Override
    public void close() throws IOException {
        boolean published = state == State.PUBLISHED;
        state = State.CLOSED;
        if (!published) {
            target.close();
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

    /** Hashes on the way. */
    private final class HashedContent implements FileContent {

        private final FileContent content;
        private FileSummary summary;

        HashedContent(FileContent content) {
            this.content = content;
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            // Not closed: the channel is the target's.
            HashingChannel hashing =
                    new HashingChannel(out, () -> observer.at(PublishPoint.MID_WRITE));
            content.writeTo(hashing);
            summary = new FileSummary(hashing.size(), hashing.sha256Hex());
        }

        FileEntry entry(String role, String name) {
            return new FileEntry(role, name, summary.size(), summary.sha256());
        }
    }

    private record FileSummary(long size, String sha256) {}
}
