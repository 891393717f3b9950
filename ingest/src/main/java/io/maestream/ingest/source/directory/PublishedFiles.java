package io.maestream.ingest.source.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Which files of a directory the brokers have acknowledged, kept in a journal: one line for each,
 * appended and never changed. A line cut short by a crash does not count, so its file is published
 * again: at least once. One process at a time holds a journal; what its lines no longer say is left
 * out when it is opened.
 */
public final class PublishedFiles implements AutoCloseable {

    /** Of files that are no longer in the folder so many are remembered, the newest ones. */
    static final int KEPT_OF_ABSENT = 100_000;

    private final Path journal;
    private final FileChannel lock;
    private FileChannel channel;
    private PublishedNotes notes;

    private PublishedFiles(Path journal, FileChannel lock) {
        this.journal = journal;
        this.lock = lock;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param root the folder that its files are in
     * @throws IOException if it cannot be read or written, or another process holds it
     */
    public static PublishedFiles open(Path journal, Path root) throws IOException {
        return open(journal, root, KEPT_OF_ABSENT);
    }

    static PublishedFiles open(Path journal, Path root, int keptOfAbsent) throws IOException {
        Files.createDirectories(journal.toAbsolutePath().getParent());
        // A file of its own: the journal is replaced when it is compacted.
        FileChannel lock =
                FileChannel.open(
                        journal.resolveSibling(journal.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            if (!isOurs(lock)) {
                throw new IOException(
                        "another process remembers its files in %s; give one of both another source id or ingest.state.dir"
                                .formatted(journal));
            }
            PublishedFiles published = new PublishedFiles(journal, lock);
            published.load(root, keptOfAbsent);
            return published;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether the file was published in this state. */
    synchronized boolean contains(String name, FileStamp stamp) {
        return stamp.equals(notes.stamp(name));
    }

    /** Whether the file was published in any state. */
    synchronized boolean contains(String name) {
        return notes.stamp(name) != null;
    }

    /** How many images were ever noted, which is the next one's position in its source. */
    synchronized long count() {
        return notes.count();
    }

    /**
     * Notes a file; when this returns, the death of this process does not lose it.
     *
     * @throws UncheckedIOException if the journal cannot be written
     */
    synchronized void add(String name, FileStamp stamp) {
        try {
            write(channel, PublishedLine.write(name, stamp));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot note in %s that %s was published".formatted(journal, name), e);
        }
        notes.add(name, stamp);
    }

    /** Makes the notes survive a crash of the machine too, and lets go of the journal. */
    @Override
    public synchronized void close() {
        FileChannel open = channel;
        try (lock;
                open) {
            if (open.isOpen()) {
                open.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + journal, e);
        }
    }

    private static boolean isOurs(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void load(Path root, int keptOfAbsent) throws IOException {
        byte[] bytes = Files.exists(journal) ? Files.readAllBytes(journal) : new byte[0];
        notes = PublishedNotes.read(bytes);
        int all = notes.size();
        if (all > keptOfAbsent && Files.isDirectory(root)) {
            notes.forget(new FileScan(root).files().keySet(), keptOfAbsent);
        }
        if (notes.isLong() || notes.size() < all) {
            replace(notes.compacted());
        }
        channel = FileChannel.open(journal, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // What follows the last line break was cut short; the next line begins there.
        channel.truncate(lastLineEnd(Files.readAllBytes(journal)));
        channel.position(channel.size());
    }

    /** The old journal or the new one is there at any time, whole. */
    private void replace(String compacted) throws IOException {
        Path unfinished = journal.resolveSibling(journal.getFileName() + ".new");
        try (FileChannel out =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            write(out, compacted);
            out.force(true);
        }
        Files.move(unfinished, journal, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int lastLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static void write(FileChannel out, String text) throws IOException {
        ByteBuffer rest = StandardCharsets.UTF_8.encode(text);
        while (rest.hasRemaining()) {
            out.write(rest);
        }
    }
}
