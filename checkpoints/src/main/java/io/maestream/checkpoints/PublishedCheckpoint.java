package io.maestream.checkpoints;

import java.net.URI;

/**
 * A complete checkpoint in its store.
 *
 * @param id its id
 * @param location where it lies
 * @param manifest what it says of itself
 * @param manifestSha256 digest of manifest.json, which holds the digests of all other files
 */
public record PublishedCheckpoint(
        String id, URI location, Manifest manifest, String manifestSha256) {}
