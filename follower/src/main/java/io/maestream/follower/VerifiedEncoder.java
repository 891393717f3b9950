package io.maestream.follower;

import java.nio.file.Path;

/**
 * An encoder whose every byte was compared with the committed event.
 *
 * @param checkpointId the checkpoint it belongs to
 * @param step steps its weights have made
 * @param file a safetensors file with timm's names, encoder only
 */
public record VerifiedEncoder(String checkpointId, long step, Path file) {}
