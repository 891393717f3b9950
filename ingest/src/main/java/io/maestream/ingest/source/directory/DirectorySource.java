package io.maestream.ingest.source.directory;

import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The image files of a directory and those below it, by their names' extensions, in the order of
 * their names. Reads one file at a time. A file that cannot be read, or is empty, is still an
 * image, without bytes: preparation rejects it with a reason, so that no file goes missing.
 */
public final class DirectorySource implements ImageSource {

    private final Path root;
    private final DirectorySettings settings;
    private final FileImageReader reader;
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
                    root + " is not a directory; name one that holds images");
        }
        this.root = root;
        this.reader = new FileImageReader(sourceId, settings.maxImageBytes());
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
        return reader.read(file, pass == 1 ? name : name + "#" + pass, sequence++);
    }
}
