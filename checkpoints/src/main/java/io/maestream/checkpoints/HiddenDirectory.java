package io.maestream.checkpoints;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A draft's files in a hidden directory, renamed when it is complete. */
final class HiddenDirectory implements DraftFiles {

    private final Path hidden;
    private final Path target;

    HiddenDirectory(Path hidden, Path target) {
        this.hidden = hidden;
        this.target = target;
    }

    @Override
    public URI location() {
        return target.toUri();
    }

    @Override
    public void write(String name, FileContent content) throws IOException {
        Path path = hidden.resolve(name);
        Files.createDirectories(path.getParent());
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.writeTo(file);
            file.force(true);
        }
    }

    @Override
    public void publish(FileContent manifest, PublishObserver observer) throws IOException {
        write(Manifest.FILE_NAME, manifest);
        try (var directories = Files.walk(hidden)) {
            for (Path directory : directories.filter(Files::isDirectory).toList()) {
                Directories.sync(directory);
            }
        }
        observer.at(PublishPoint.BEFORE_RENAME);
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(target.getParent());
    }

    @Override
    public void close() throws IOException {
        Directories.delete(hidden);
    }
}
