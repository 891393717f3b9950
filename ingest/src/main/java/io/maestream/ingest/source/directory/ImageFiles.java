package io.maestream.ingest.source.directory;

import io.maestream.ingest.source.ImageNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a directory tree in the order of names, holding one listing per level. Linked directories
 * are not entered, so that a circle of links cannot trap the walk.
 */
final class ImageFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

    private final Deque<Iterator<Path>> levels = new ArrayDeque<>();

    ImageFiles(Path root) throws IOException {
        levels.push(list(root));
    }

    Optional<Path> next() throws IOException {
        while (!levels.isEmpty()) {
            Iterator<Path> level = levels.peek();
            if (!level.hasNext()) {
                levels.pop();
                continue;
            }
            Path path = level.next();
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                enter(path);
            } else if (isImage(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private void enter(Path directory) throws IOException {
        try {
            levels.push(list(directory));
        } catch (AccessDeniedException | NoSuchFileException e) {
            // Not ours to read, or gone since it was listed: the walk goes on beside it.
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .log("Directory passed over: it cannot be read");
        }
    }

    private static Iterator<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> sorted = entries.sorted().toList();
            return sorted.iterator();
        }
    }

    private static boolean isImage(Path path) {
        return ImageNames.isImage(path.getFileName().toString()) && !Files.isDirectory(path);
    }
}
