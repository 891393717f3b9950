package io.maestream.ingest.source.directory;

import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The image files of a directory and those below it, as they appear, without end. A file counts
 * once it has not changed for a while and nobody is known to have it open for writing. What the
 * brokers have acknowledged is remembered by name, size and time of modification, so that a restart
 * neither repeats nor forgets a file; one that is written anew is a new image.
 *
 * <p>It looks again and again instead of asking the system for events: those overflow, and network
 * file systems send none.
 */
public final class WatchedDirectorySource implements ImageSource {

    /** A look takes this share of the time at most, however large the directory. */
    private static final int LOOK_SHARE = 5;

    private final Path root;
    private final WatchSettings settings;
    private final PublishedFiles published;
    private final Pacer pacer;
    private final OpenFiles openFiles = OpenFiles.ofThisMachine();
    private final FileImageReader reader;
    private final SettledFiles settling;
    private final Deque<SettledFiles.Settled> ready = new ArrayDeque<>();
    private final Map<String, FileStamp> handedOut = new HashMap<>();
    private final Map<String, SettledFiles.Settled> unacknowledged = new HashMap<>();
    private volatile boolean closed;
    private Instant nextLook = Instant.EPOCH;
    private long sequence;

    /**
     * The source owns what it is given.
     *
     * @param root the directory
     * @param sourceId the source id of all its images
     * @throws NotDirectoryException if it is none
     */
    public WatchedDirectorySource(
            Path root,
            String sourceId,
            WatchSettings settings,
            PublishedFiles published,
            Pacer pacer)
            throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(
                    root + " is not a directory; name one in which images appear");
        }
        this.root = root.toRealPath();
        this.settings = settings;
        this.published = published;
        this.pacer = pacer;
        this.reader = new FileImageReader(sourceId, settings.maxImageBytes());
        this.settling = new SettledFiles(settings.settle());
        this.sequence = published.count();
    }

    @Override
    public Optional<SourceImage> next() throws IOException, InterruptedException {
        while (!closed) {
            if (ready.isEmpty()) {
                if (!pacer.await(nextLook)) {
                    return Optional.empty();
                }
                look();
                continue;
            }
            Optional<SourceImage> image = read(ready.poll());
            if (image.isPresent()) {
                return image;
            }
        }
        return Optional.empty();
    }

    @Override
    public void acknowledged(SourceImage image) {
        SettledFiles.Settled file;
        synchronized (unacknowledged) {
            file = unacknowledged.remove(image.imageId());
        }
        if (file != null) {
            published.add(file.name(), file.stamp());
        }
    }

    /** Ends it; the memory stays open for acknowledgements that are still to come. */
    @Override
    public void close() {
        closed = true;
        pacer.close();
    }

    @Override
    public void release() {
        published.close();
    }

    private void look() throws IOException {
        Instant began = pacer.now();
        Map<String, FileStamp> found = new FileScan(root).files();
        handedOut.keySet().retainAll(found.keySet());
        found.entrySet().removeIf(file -> isDone(file.getKey(), file.getValue()));
        ready.addAll(closedOnes(settling.update(found, pacer.now())));
        Instant ended = pacer.now();
        Duration rest = Duration.between(began, ended).multipliedBy(LOOK_SHARE - 1);
        nextLook =
                ended.plus(rest.compareTo(settings.scanEvery()) > 0 ? rest : settings.scanEvery());
    }

    private boolean isDone(String name, FileStamp stamp) {
        return stamp.equals(handedOut.get(name)) || published.contains(name, stamp);
    }

    private List<SettledFiles.Settled> closedOnes(List<SettledFiles.Settled> settled) {
        Set<Path> paths =
                settled.stream()
                        .map(file -> root.resolve(file.name()))
                        .collect(Collectors.toCollection(HashSet::new));
        Set<Path> written = openFiles.written(paths);
        return settled.stream().filter(f -> !written.contains(root.resolve(f.name()))).toList();
    }

    /** Empty if the file has changed or gone since it had settled: the next look sees that. */
    private Optional<SourceImage> read(SettledFiles.Settled file) throws IOException {
        Path path = root.resolve(file.name());
        String name = file.name();
        boolean again = published.contains(name) || handedOut.containsKey(name);
        String imageId = again ? name + "@" + file.stamp().modifiedMicros() : name;
        SourceImage image = reader.read(path, imageId, sequence);
        if (!file.stamp().equals(stamp(path))) {
            return Optional.empty();
        }
        handedOut.put(name, file.stamp());
        synchronized (unacknowledged) {
            unacknowledged.put(imageId, file);
        }
        sequence++;
        return Optional.of(image);
    }

    private static FileStamp stamp(Path path) throws IOException {
        try {
            return FileStamp.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
