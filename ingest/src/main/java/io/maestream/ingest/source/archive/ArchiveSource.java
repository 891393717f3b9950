package io.maestream.ingest.source.archive;

import io.maestream.ingest.source.ImageNames;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.SourceImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The image files in a zip, tar or gzipped tar archive, by their names' extensions, or the images
 * in an idx file, in the archive's order. Nothing is unpacked to disk. An entry over the limit is
 * an image without bytes; an archive that inflates like a bomb, or has too many entries, fails.
 */
public final class ArchiveSource implements ImageSource {

    private static final int MAX_NAME = 512;
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final String sourceId;
    private final ArchiveLimits limits;
    private final ArchiveReader reader;
    private final Map<String, Integer> seen = new HashMap<>();
    private volatile boolean closed;
    private long entries;
    private long sequence;
    private long out;

    /**
     * @param file ends in .zip, .tar, .tar.gz or .tgz, or in idx3-ubyte or idx3-ubyte.gz
     * @param sourceId the source id of all its images
     * @throws IOException if it cannot be read, or is no such file
     */
    public ArchiveSource(Path file, String sourceId, ArchiveLimits limits) throws IOException {
        this.file = file;
        this.sourceId = sourceId;
        this.limits = limits;
        this.reader = open(file, limits);
    }

    @Override
    public synchronized Optional<SourceImage> next() throws IOException {
        while (!closed) {
            Optional<ArchiveReader.Entry> entry = reader.next();
            if (entry.isEmpty()) {
                refuseEmpty();
                return Optional.empty();
            }
            if (++entries > limits.maxEntries()) {
                throw hostile("has more than %d entries".formatted(limits.maxEntries()));
            }
            boolean isImage = ImageNames.isImage(entry.get().name());
            Content content = content(isImage);
            if (isImage) {
                return Optional.of(image(entry.get(), content));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        free();
    }

    private synchronized void free() {
        try {
            reader.close();
        } catch (IOException e) {
            // It was only read from: nothing is lost with it.
            return;
        }
    }

    private record Content(byte[] bytes, long size) {}

    /** Reads to the entry's end, keeping no more than the limit; counts and judges all of it. */
    private Content content(boolean keep) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        InputStream in = reader.content();
        long size = 0;
        for (int read = in.read(chunk); read >= 0 && !closed; read = in.read(chunk)) {
            size += read;
            out += read;
            if (limits.isBomb(reader.bytesRead(), out)) {
                throw hostile(
                        "inflates to more than %d times its size".formatted(limits.maxRatio()));
            }
            if (keep && size <= limits.maxImageBytes()) {
                kept.write(chunk, 0, read);
            }
        }
        return new Content(size > limits.maxImageBytes() ? new byte[0] : kept.toByteArray(), size);
    }

    private SourceImage image(ArchiveReader.Entry entry, Content content) {
        String name = unique(shown(entry.name()));
        return new SourceImage(
                sourceId,
                name,
                sequence++,
                entry.modified(),
                content.bytes(),
                content.size(),
                file + "!" + name);
    }

    /** An archive may hold a name twice; an image id is there once. */
    private String unique(String name) {
        int times = seen.merge(name, 1, Integer::sum);
        return times == 1 ? name : name + "#" + times;
    }

    /** For people and records: without what could upset a terminal, and short. */
    private static String shown(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= MAX_NAME ? clean : clean.substring(clean.length() - MAX_NAME);
    }

    private IOException hostile(String what) {
        return new IOException(
                "%s %s: it looks like a bomb; unpack it yourself if you trust it, and publish the directory"
                        .formatted(file, what));
    }

    /** A zip reader takes anything for an archive without entries. */
    private void refuseEmpty() throws IOException {
        if (entries == 0) {
            throw new IOException(file + " is no zip or tar archive, or has no files in it");
        }
    }

    private static ArchiveReader open(Path file, ArchiveLimits limits) throws IOException {
        if (IdxReader.isOne(file)) {
            return new IdxReader(file, limits);
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip")) {
            return new ZipReader(file);
        }
        if (name.endsWith(".tar")) {
            return new TarReader(file, false);
        }
        if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            return new TarReader(file, true);
        }
        throw new IOException(
                file
                        + " is no archive by its name; it must end in .zip, .tar, .tar.gz, .tgz,"
                        + " or, of MNIST's kind, in idx3-ubyte or idx3-ubyte.gz");
    }
}
