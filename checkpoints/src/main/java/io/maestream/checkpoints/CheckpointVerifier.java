package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recomputes every digest of a checkpoint and compares it with its manifest. */
public final class CheckpointVerifier {

    private static final int BUFFER_BYTES = 1 << 20;

    private CheckpointVerifier() {}

    /**
     * Verifies.
     *
     * @param expectedManifestSha256 the digest in the committed event, or null to trust the
     *     manifest
     * @throws CheckpointException if there is no such checkpoint, or its manifest cannot be read
     */
    public static Verification verify(
            CheckpointReader store, String checkpointId, String expectedManifestSha256)
            throws IOException {
        Path directory = store.directory(checkpointId);
        Path manifestPath = directory.resolve(Manifest.FILE_NAME);
        List<String> problems = new ArrayList<>();
        Manifest manifest = store.manifest(checkpointId);
        if (expectedManifestSha256 != null) {
            String found = sha256(manifestPath);
            if (!found.equals(expectedManifestSha256)) {
                problems.add(differs(Manifest.FILE_NAME, "digest", expectedManifestSha256, found));
            }
        }
        if (!manifest.checkpointId().equals(checkpointId)) {
            problems.add(
                    "%s: calls itself %s".formatted(Manifest.FILE_NAME, manifest.checkpointId()));
        }
        long bytes = 0;
        for (FileEntry file : manifest.files()) {
            problem(directory, file).ifPresent(problems::add);
            bytes += file.size();
        }
        unlisted(directory, manifest).forEach(name -> problems.add(name + ": not in the manifest"));
        return new Verification(checkpointId, manifest.files().size(), bytes, problems);
    }

    /** SHA-256 of a checkpoint's manifest, lower-case hexadecimal. */
    public static String manifestSha256(CheckpointReader store, String checkpointId)
            throws IOException {
        return sha256(store.directory(checkpointId).resolve(Manifest.FILE_NAME));
    }

    private static Optional<String> problem(Path directory, FileEntry file) throws IOException {
        Path path = directory.resolve(file.name());
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(file.name() + ": missing");
        }
        long size = Files.size(path);
        if (size != file.size()) {
            return Optional.of(differs(file.name(), "size", "" + file.size(), "" + size));
        }
        String found = sha256(path);
        return found.equals(file.sha256())
                ? Optional.empty()
                : Optional.of(differs(file.name(), "digest", file.sha256(), found));
    }

    private static String differs(String name, String what, String expected, String found) {
        return "%s: %s %s, expected %s".formatted(name, what, found, expected);
    }

    private static Set<String> unlisted(Path directory, Manifest manifest) throws IOException {
        Set<String> listed =
                manifest.files().stream().map(FileEntry::name).collect(Collectors.toSet());
        listed.add(Manifest.FILE_NAME);
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> !listed.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String sha256(Path path) throws IOException {
        MessageDigest digest = HashingChannel.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        return HashingChannel.hex(digest);
    }
}
