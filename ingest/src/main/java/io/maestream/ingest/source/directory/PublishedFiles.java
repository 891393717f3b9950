package io.maestream.ingest.source.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Which files of a directory the brokers have acknowledged, kept in a journal: one line for each,
 * appended and never changed. A line cut short by a crash does not count, so its file is published
 * again: at least once. One process at a time holds a journal.
 */
public final class PublishedFiles implements AutoCloseable {

    private final Path journal;
    private final FileChannel channel;
    private final FileLock lock;
    private final Map<String, FileStamp> files = new HashMap<>();
    private long count;

    private PublishedFiles(Path journal, FileChannel channel, FileLock lock) {
        this.journal = journal;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @throws IOException if it cannot be read or written, or another process holds it
     */
    public static PublishedFiles open(Path journal) throws IOException {
        Files.createDirectories(journal.toAbsolutePath().getParent());
        FileChannel channel =
                FileChannel.open(
                        journal,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = lock(channel);
            if (lock == null) {
                throw new IOException(
                        "another process remembers its files in %s; give one of both another source id or ingest.state.dir"
                                .formatted(journal));
            }
            PublishedFiles published = new PublishedFiles(journal, channel, lock);
            published.load();
            return published;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether the file was published in this state. */
    synchronized boolean contains(String name, FileStamp stamp) {
        return stamp.equals(files.get(name));
    }

    /** Whether the file was published in any state. */
    synchronized boolean contains(String name) {
        return files.containsKey(name);
    }

    /** How many images were ever noted, which is the next one's position in its source. */
    synchronized long count() {
        return count;
    }

    /**
     * Notes a file; when this returns, the death of this process does not lose it.
     *
     * @throws UncheckedIOException if the journal cannot be written
     */
    synchronized void add(String name, FileStamp stamp) {
        try {
            ByteBuffer line = StandardCharsets.UTF_8.encode(PublishedLine.write(name, stamp));
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot note in %s that %s was published".formatted(journal, name), e);
        }
        files.put(name, stamp);
        count++;
    }

    /** Makes the notes survive a crash of the machine too, and lets go of the journal. */
    @Override
    public synchronized void close() {
        try (channel) {
            if (channel.isOpen()) {
                channel.force(true);
                lock.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + journal, e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void load() throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                PublishedLine line =
                        PublishedLine.read(
                                new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
                if (line != null) {
                    files.put(line.name(), line.stamp());
                }
                count++;
                begin = i + 1;
            }
        }
        // What follows the last line break was cut short; the next line begins there.
        channel.truncate(begin);
        channel.position(begin);
    }
}
