package io.maestream.trainer.dashboard;

/**
 * Something that a person should know and may have to act on.
 *
 * @param kind one word, for machines
 * @param text what is so, what follows from it, and what to do
 */
record Notice(String kind, String text) {

    static final String BROKER_AWAY = "broker-away";
    static final String DISK_FULL = "disk-full";
    static final String CHECKPOINT_LATE = "checkpoint-late";
    static final String CAMERA_GONE = "camera-gone";

    private static final int MAX_CAUSE = 300;

    /** No broker answers. */
    static Notice brokerAway(long seconds) {
        return new Notice(
                BROKER_AWAY,
                "No Kafka broker has answered for "
                        + seconds
                        + " s. Nothing is lost: training uses what it has fetched, then waits, and"
                        + " goes on by itself when a broker is back.");
    }

    /** A checkpoint could not be written or committed. */
    static Notice checkpointLate(String cause) {
        String shown = cause.length() > MAX_CAUSE ? cause.substring(0, MAX_CAUSE) + "…" : cause;
        boolean full =
                cause.contains("No space left")
                        || cause.contains("Disk quota")
                        || cause.contains("disk full");
        return full
                ? new Notice(
                        DISK_FULL,
                        "The disk is full: a checkpoint is late (%s). Training goes on and tries again; free some space where checkpoints are kept."
                                .formatted(shown))
                : new Notice(
                        CHECKPOINT_LATE,
                        "A checkpoint is late: %s. Training goes on and tries again."
                                .formatted(shown));
    }

    /** A camera sends nothing any more. */
    static Notice cameraGone(String source, long seconds) {
        return new Notice(
                CAMERA_GONE,
                "Nothing has come from %s for %d s. Training goes on with the others; look at the camera, its network and its ingest."
                        .formatted(source, seconds));
    }
}
