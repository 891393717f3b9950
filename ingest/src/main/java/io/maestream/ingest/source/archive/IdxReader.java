package io.maestream.ingest.source.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Grey images in an idx file as MNIST and its kin have them, each as a PNG. Where a file of labels
 * lies beside it, under the name that {@code images} and {@code idx3} make with {@code labels} and
 * {@code idx1}, an image's name begins with its label as a folder: {@code 9/00000.png}.
 */
final class IdxReader implements ArchiveReader {

    private static final Pattern NAME = Pattern.compile(".*[-.]idx3-ubyte(\\.gz)?");

    private final IdxFile images;
    private final Optional<IdxFile> labels;
    private final Instant modified;
    private InputStream content = InputStream.nullInputStream();
    private int read;

    /**
     * @throws IOException if it cannot be read, or an image has more pixels than the limit has
     *     bytes
     */
    IdxReader(Path file, ArchiveLimits limits) throws IOException {
        modified = Files.getLastModifiedTime(file).toInstant();
        images = new IdxFile(file, 3);
        try {
            long pixels = (long) images.dimension(1) * images.dimension(2);
            if (pixels > limits.maxImageBytes()) {
                throw new IOException(
                        "%s holds images of %d pixels, the limit is %d"
                                .formatted(file, pixels, limits.maxImageBytes()));
            }
            labels = labels(file);
        } catch (IOException e) {
            images.close();
            throw e;
        }
    }

    /** Whether the file's name is that of such a file. */
    static boolean isOne(Path file) {
        return NAME.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (read == images.dimension(0)) {
            return Optional.empty();
        }
        int height = images.dimension(1);
        int width = images.dimension(2);
        byte[] png = GreyPng.of(images.next(height * width), width, height);
        content = new ByteArrayInputStream(png);
        String folder = labels.isPresent() ? (labels.get().next(1)[0] & 0xff) + "/" : "";
        return Optional.of(new Entry("%s%05d.png".formatted(folder, read++), modified));
    }

    @Override
    public InputStream content() {
        return content;
    }

    @Override
    public long bytesRead() {
        return images.bytesRead();
    }

    @Override
    public void close() throws IOException {
        try (images) {
            if (labels.isPresent()) {
                labels.get().close();
            }
        }
    }

    private Optional<IdxFile> labels(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path beside = file.resolveSibling(name.replace("images", "labels").replace("idx3", "idx1"));
        if (!name.contains("images") || !Files.isRegularFile(beside)) {
            return Optional.empty();
        }
        IdxFile found = new IdxFile(beside, 1);
        if (found.dimension(0) != images.dimension(0)) {
            found.close();
            throw new IOException(
                    "%s has %d labels for %d images"
                            .formatted(beside, found.dimension(0), images.dimension(0)));
        }
        return Optional.of(found);
    }
}
