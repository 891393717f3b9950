package io.maestream.ingest.source.directory;

import io.maestream.ingest.source.ImageNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * One look at all image files below a directory. Hidden files and folders are left out, as programs
 * write there what is not finished; links are not followed.
 */
final class FileScan extends SimpleFileVisitor<Path> {

    private final Path root;
    private final Map<String, FileStamp> found = new HashMap<>();

    FileScan(Path root) {
        this.root = root;
    }

    /**
     * Names relative to the directory.
     *
     * @throws IOException if the directory itself cannot be read
     */
    Map<String, FileStamp> files() throws IOException {
        Files.walkFileTree(root, this);
        return found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(root) && isHidden(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        if (attributes.isRegularFile() && !isHidden(file) && ImageNames.isImage(name)) {
            found.put(root.relativize(file).toString(), FileStamp.of(attributes));
        }
        return FileVisitResult.CONTINUE;
    }

    /** What is gone since it was listed, or not ours to read, is left out; the root may not be. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
        if (file.equals(root)) {
            throw cause;
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
