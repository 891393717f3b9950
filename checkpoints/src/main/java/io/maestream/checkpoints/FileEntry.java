package io.maestream.checkpoints;

import java.util.Objects;

/**
 * One file of a checkpoint.
 *
 * @param role what it is for: encoder, model, optimizer, state
 * @param name relative to the checkpoint's directory, parts separated by slashes
 * @param size bytes
 * @param sha256 lower-case hexadecimal
 */
public record FileEntry(String role, String name, long size, String sha256) {

    public FileEntry {
        Objects.requireNonNull(role, "role");
        Names.requireFile(name);
        if (size < 0 || sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "file %s: size %d and digest '%s' must be a size and a SHA-256"
                            .formatted(name, size, sha256));
        }
    }
}
