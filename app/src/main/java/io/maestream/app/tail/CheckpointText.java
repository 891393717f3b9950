package io.maestream.app.tail;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A committed checkpoint in one line, for a person. */
public final class CheckpointText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private CheckpointText() {}

    /** Id, step, images, why, size and place. */
    public static String of(CheckpointCommitted event) {
        long bytes = event.getFiles().stream().mapToLong(CheckpointFile::getSize).sum();
        return String.format(
                Locale.ROOT,
                "%s  step %d, %d images, %s (%s), %.1f MiB in %d files at %s",
                event.getCheckpointId(),
                event.getStep(),
                event.getImagesSeen(),
                event.getTrigger().getKind(),
                event.getTrigger().getReason(),
                bytes / MEBIBYTE,
                event.getFiles().size(),
                event.getLocation());
    }

    /** The same, after time and run. */
    public static String withTimeAndRun(CheckpointCommitted event) {
        return TIME.format(event.getCommittedAt()) + "  " + event.getRunId() + "  " + of(event);
    }
}
