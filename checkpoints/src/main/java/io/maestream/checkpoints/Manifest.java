package io.maestream.checkpoints;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a checkpoint says of itself: manifest.json, the last file that is written.
 *
 * @param formatVersion of the manifest
 * @param checkpointId the name of its directory
 * @param runId the run it belongs to
 * @param parentId the checkpoint before it, or null
 * @param createdAt when the weights were copied
 * @param step steps applied to the weights
 * @param imagesSeen images those steps trained on
 * @param triggerKind what asked for it
 * @param triggerReason why, for a person
 * @param model shape and objective
 * @param metrics what is known about the weights
 * @param configDigest SHA-256 of the settings that decide the weights
 * @param softwareVersion what wrote it
 * @param files all other files
 */
@JsonPropertyOrder({
    "formatVersion",
    "checkpointId",
    "runId",
    "parentId",
    "createdAt",
    "step",
    "imagesSeen",
    "triggerKind",
    "triggerReason",
    "model",
    "metrics",
    "configDigest",
    "softwareVersion",
    "files"
})
public record Manifest(
        int formatVersion,
        String checkpointId,
        String runId,
        String parentId,
        Instant createdAt,
        long step,
        long imagesSeen,
        String triggerKind,
        String triggerReason,
        ModelDescription model,
        Map<String, Double> metrics,
        String configDigest,
        String softwareVersion,
        List<FileEntry> files) {

    /** The version that this software writes, and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /** A manifest is never larger: room for a hundred thousand files. */
    public static final long MAX_BYTES = 16 << 20;

    /** Its file name. */
    public static final String FILE_NAME = "manifest.json";

    public Manifest {
        Names.requireId(checkpointId);
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(model, "model");
        metrics = metrics == null ? Map.of() : Map.copyOf(new TreeMap<>(metrics));
        files = List.copyOf(Objects.requireNonNull(files, "files"));
        requireDistinct(files);
    }

    private static void requireDistinct(List<FileEntry> files) {
        Set<String> names = new HashSet<>();
        for (FileEntry file : files) {
            if (file.name().equals(FILE_NAME)) {
                throw new IllegalArgumentException("a manifest cannot list itself");
            }
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("a manifest lists " + file.name() + " twice");
            }
        }
    }
}
