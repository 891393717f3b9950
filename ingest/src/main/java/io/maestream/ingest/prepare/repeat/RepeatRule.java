package io.maestream.ingest.prepare.repeat;

import java.util.List;

/** The decisions, as functions of what is remembered. */
public final class RepeatRule {

    private final RepeatSettings settings;

    /** Decides by these settings. */
    public RepeatRule(RepeatSettings settings) {
        this.settings = settings;
    }

    /** Whether an image of this time is let through whatever it shows. */
    public boolean isHeartbeat(LastKept last, long time) {
        // A clock that was set far back must not silence a camera either.
        return last == null || Math.abs(time - last.time()) >= settings.heartbeat().toMillis();
    }

    /**
     * Whether an image whose bytes were seen before is dropped. One with the same id was sent
     * twice; one with another is a camera that sees the same, and passes as its heartbeat.
     *
     * @param seen ids of the images that had these bytes within the window
     */
    public boolean isRepeat(List<String> seen, String imageId, LastKept last, long time) {
        return !seen.isEmpty() && (seen.contains(imageId) || !isHeartbeat(last, time));
    }

    /** Whether an image is dropped because it looks like the last one kept. */
    public boolean isSimilar(Thumbnail image, LastKept last, long time) {
        return !isHeartbeat(last, time)
                && image.distance(last.thumbnail()) <= settings.similarBits()
                && image.contrast(last.thumbnail()) <= settings.similarLevels();
    }
}
