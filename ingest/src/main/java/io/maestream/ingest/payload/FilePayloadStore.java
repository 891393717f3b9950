package io.maestream.ingest.payload;

import io.maestream.ingest.payload.BadPayloadException.Reason;
import io.maestream.schemas.PayloadReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;

/**
 * Payloads as files below one directory, named by their digest: {@code ab/abcdef…}. A file appears
 * whole or not at all. Readers find a file by the reference's digest below their own root; a
 * reference's location never becomes a path, so no record can make anybody open another file.
 */
public final class FilePayloadStore implements PayloadStore {

    private static final String SCHEME = "file";
    private static final String UNFINISHED = ".unfinished-";

    private final Path root;
    private final int maxBytes;

    /**
     * @param root the directory; it is created with the first payload
     * @param maxBytes larger payloads are not read
     */
    public FilePayloadStore(Path root, int maxBytes) {
        this.root = root.toAbsolutePath().normalize();
        this.maxBytes = maxBytes;
    }

    @Override
    public PayloadReference write(byte[] bytes, String sha256) throws IOException {
        Path file = file(sha256);
        if (isWhole(file, bytes.length)) {
            // Somebody refers to it again, so it is as young as the reference.
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } else {
            writeNew(file, bytes);
        }
        return new PayloadReference(file.toUri().toString(), sha256, (long) bytes.length);
    }

    @Override
    public byte[] read(PayloadReference reference) throws BadPayloadException, IOException {
        PayloadKeys.check(reference, SCHEME, maxBytes);
        Path file = file(reference.getSha256());
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes((int) reference.getSize() + 1);
        } catch (NoSuchFileException e) {
            throw missing(file);
        }
        return PayloadKeys.verified(bytes, reference, file);
    }

    @Override
    public int sweep(Instant olderThan) throws IOException {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        int[] deleted = {0};
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (isOurs(file)
                                && attributes.lastModifiedTime().toInstant().isBefore(olderThan)
                                && Files.deleteIfExists(file)) {
                            deleted[0]++;
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return deleted[0];
    }

    private BadPayloadException missing(Path file) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(
                    "payload.dir %s is not there; mount the directory that the publishers write"
                            .formatted(root));
        }
        return new BadPayloadException(
                Reason.MISSING,
                "there is no %s; its time has passed, or publishers write to another payload.dir"
                        .formatted(file));
    }

    private Path file(String sha256) {
        return root.resolve(PayloadKeys.of(sha256));
    }

    private static boolean isWhole(Path file, int size) {
        try {
            return Files.size(file) == size;
        } catch (IOException e) {
            return false;
        }
    }

    private static void writeNew(Path file, byte[] bytes) throws IOException {
        Path folder = Files.createDirectories(file.getParent());
        Path unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
            force(folder.getParent());
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Makes a name in a directory durable; a rename alone is not. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return Sha256.isDigest(name) || name.startsWith(UNFINISHED);
    }
}
