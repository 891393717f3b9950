package io.maestream.ingest.source.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Which files somebody has open for writing, as Linux tells in {@code /proc} of the processes that
 * this one may look into: its own user's, or all of them for root. Elsewhere it finds none, and
 * that a file has stopped changing must do.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html">proc_pid_fdinfo</a>
 */
final class OpenFiles {

    /** O_WRONLY or O_RDWR of the octal flags. */
    private static final int WRITING = 3;

    private final Path proc;

    OpenFiles(Path proc) {
        this.proc = proc;
    }

    static OpenFiles ofThisMachine() {
        return new OpenFiles(Path.of("/proc"));
    }

    /** Those of the real paths that are open for writing. */
    Set<Path> written(Set<Path> candidates) {
        Set<Path> written = new HashSet<>();
        if (candidates.isEmpty()) {
            return written;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                look(process, candidates, written);
            }
        } catch (IOException e) {
            // No such system: nothing is known to be open.
            return written;
        }
        return written;
    }

    private static void look(Path process, Set<Path> candidates, Set<Path> written) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                Path target = target(descriptor);
                if (target != null
                        && candidates.contains(target)
                        && isWriting(process, descriptor.getFileName())) {
                    written.add(target);
                }
            }
        } catch (IOException e) {
            // Another user's process, or one that has ended meanwhile.
            return;
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isWriting(Path process, Path descriptor) {
        try {
            return Files.readAllLines(process.resolve("fdinfo").resolve(descriptor)).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .anyMatch(
                            line ->
                                    (Integer.parseInt(line.substring(6).strip(), 8) & WRITING)
                                            != 0);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
