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
public final class FilePayloadStore implements PayloadWriter, PayloadReader {

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
        if (!Sha256.isDigest(sha256)) {
            throw new IllegalArgumentException("no digest: " + sha256);
        }
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
        check(reference);
        Path file = file(reference.getSha256());
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes((int) reference.getSize() + 1);
        } catch (NoSuchFileException e) {
            throw missing(file);
        }
        if (bytes.length != reference.getSize()
                || !Sha256.of(bytes).equals(reference.getSha256())) {
            throw new BadPayloadException(
                    Reason.DAMAGED,
                    "the stored image %s is not what was published; publish it again"
                            .formatted(file));
        }
        return bytes;
    }

    /**
     * Deletes payloads that nobody has referred to since; also what a crash left unfinished.
     *
     * @return how many files are gone
     * @throws IOException if the directory cannot be read
     */
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

    private void check(PayloadReference reference) throws BadPayloadException {
        String digest = reference.getSha256();
        if (!Sha256.isDigest(digest)
                || !reference.getUri().startsWith("file:")
                || !reference.getUri().endsWith("/" + digest)
                || reference.getSize() < 0) {
            throw new BadPayloadException(
                    Reason.BAD_REFERENCE,
                    "the reference names no image of a file store; send the bytes, or publish with"
                            + " payload.dir");
        }
        if (reference.getSize() > maxBytes) {
            throw new BadPayloadException(
                    Reason.TOO_LARGE,
                    "the stored image has %d bytes, and payload.max.bytes is %d; make the image"
                                    .formatted(reference.getSize(), maxBytes)
                            + " smaller, or raise the limit");
        }
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
        return root.resolve(sha256.substring(0, 2)).resolve(sha256);
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
