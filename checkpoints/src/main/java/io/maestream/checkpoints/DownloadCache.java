package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Local copies of checkpoints that lie in a bucket. A copy is named by what the bucket listed, so
 * that anything that changes there is another copy; the last few that were used stay.
 */
final class DownloadCache {

    private static final int KEPT = 3;
    private static final String HIDDEN = ".tmp-";

    private final ObjectBucket bucket;
    private final Path root;

    DownloadCache(ObjectBucket bucket, Path root) {
        this.bucket = bucket;
        this.root = root;
    }

    /**
     * A directory with these objects.
     *
     * @throws CheckpointException if one has a name that is no file's inside a checkpoint
     */
    Path directory(String id, List<ObjectBucket.Entry> objects) throws IOException {
        for (ObjectBucket.Entry object : objects) {
            if (!Names.isFile(name(id, object))) {
                throw new CheckpointException(
                        "checkpoint %s has an object %s, which is no file of a checkpoint"
                                .formatted(id, object.key()));
            }
        }
        Path copy = root.resolve(id + "-" + fingerprint(objects));
        if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
            download(id, objects, copy);
        }
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
        forgetOthers();
        return copy;
    }

    private void download(String id, List<ObjectBucket.Entry> objects, Path copy)
            throws IOException {
        Path hidden = root.resolve(HIDDEN + UUID.randomUUID());
        try {
            Files.createDirectories(hidden);
            for (ObjectBucket.Entry object : objects) {
                Path file = hidden.resolve(name(id, object));
                Files.createDirectories(file.getParent());
                bucket.download(object.key(), file);
            }
            Files.move(hidden, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Another process has made the same copy meanwhile.
            Directories.delete(hidden);
        } catch (IOException | RuntimeException e) {
            Directories.delete(hidden);
            throw e;
        }
    }

    private void forgetOthers() throws IOException {
        List<Path> copies = new ArrayList<>();
        try (var entries = Files.list(root)) {
            entries.filter(entry -> !entry.getFileName().toString().startsWith(HIDDEN))
                    .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .forEach(copies::add);
        }
        copies.sort(Comparator.comparing(DownloadCache::used).reversed());
        for (Path old : copies.stream().skip(KEPT).toList()) {
            Directories.delete(old);
        }
    }

    private static FileTime used(Path copy) {
        try {
            return Files.getLastModifiedTime(copy);
        } catch (IOException e) {
            // Another process has deleted it.
            return FileTime.from(Instant.EPOCH);
        }
    }

    private static String name(String id, ObjectBucket.Entry object) {
        return object.key().substring(id.length() + 1);
    }

    private static String fingerprint(List<ObjectBucket.Entry> objects) {
        MessageDigest digest = HashingChannel.sha256();
        for (ObjectBucket.Entry object : objects) {
            String line = object.key() + " " + object.size() + " " + object.tag() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HashingChannel.hex(digest).substring(0, 16);
    }
}
