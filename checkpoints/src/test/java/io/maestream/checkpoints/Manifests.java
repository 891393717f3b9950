package io.maestream.checkpoints;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Manifests for tests. */
public final class Manifests {

    public static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private Manifests() {}

    public static Manifest of(String id, List<FileEntry> files) {
        return of(id, 10, "TIME", CREATED, files);
    }

    public static Manifest of(
            String id, long step, String trigger, Instant createdAt, List<FileEntry> files) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                id,
                "run",
                null,
                createdAt,
                step,
                step * 32,
                trigger,
                "test",
                new ModelDescription(96, 8, 3, 192, 6, 3, 128, 2, 4, 0.75, true),
                Map.of("loss", 0.5),
                "0".repeat(64),
                "test",
                files);
    }
}
