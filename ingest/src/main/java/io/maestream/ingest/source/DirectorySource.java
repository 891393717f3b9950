package io.maestream.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The JPEG and PNG files of a directory and those below it, by their names' extensions, in the
 * order of their names. Reads one file at a time. A file that cannot be read, or is empty, is still
 * an image, without bytes: preparation rejects it with a reason, so that no file goes missing.
 */
public final class DirectorySource implements ImageSource {

    private final Path root;
    private final String sourceId;
    private final DirectorySettings settings;
    private ImageFiles files;
    private volatile boolean closed;
    private long sequence;
    private long pass = 1;
    private boolean foundInPass;

    /**
     * @param root the directory
     * @param sourceId the source id of all its images
     * @throws NotDirectoryException if it is none
     */
    public DirectorySource(Path root, String sourceId, DirectorySettings settings)
            throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(
                    root + " is not a directory; name one that holds JPEG or PNG files");
        }
        this.root = root;
        this.sourceId = sourceId;
        this.settings = settings;
        this.files = new ImageFiles(root);
    }

    @Override
    public Optional<SourceImage> next() throws IOException {
        while (!closed) {
            Optional<Path> file = files.next();
            if (file.isPresent()) {
                foundInPass = true;
                return Optional.of(image(file.get()));
            }
            if (!settings.repeat() || !foundInPass) {
                return Optional.empty();
            }
            files = new ImageFiles(root);
            foundInPass = false;
            pass++;
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }

    private SourceImage image(Path file) {
        String name = root.relativize(file).toString();
        String imageId = pass == 1 ? name : name + "#" + pass;
        long size = 0;
        byte[] bytes = new byte[0];
        Instant capturedAt = Instant.EPOCH;
        try {
            capturedAt = Files.getLastModifiedTime(file).toInstant();
            size = Files.size(file);
            if (size <= settings.maxImageBytes()) {
                bytes = read(file);
                size = bytes.length;
            }
        } catch (IOException e) {
            // The file went away or may not be read: it goes on without bytes, to be rejected.
            size = 0;
        }
        return new SourceImage(
                sourceId, imageId, sequence++, capturedAt, bytes, size, file.toString());
    }

    /** One byte over the limit at most, should the file grow meanwhile. */
    private byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(settings.maxImageBytes() + 1);
        }
    }
}
