package io.maestream.trainer.dashboard;

import java.util.List;

/**
 * What is known of one source.
 *
 * @param id of the source
 * @param state whether images come
 * @param images trained on since this process began
 * @param imagesPerSecond that arrive, over the last half minute
 * @param loss of its images, smoothed over about ten steps
 * @param usualLoss the same over about two hundred
 * @param history its loss since the run began, coarse, the oldest first
 * @param arrivedAt when its last image came out of the log, in milliseconds since 1970; 0 if none
 *     did since this process began
 * @param pictureAt names its newest picture; 0 if there is none
 * @param drifts when its images were found to have changed, in milliseconds since 1970
 */
record Camera(
        String id,
        State state,
        long images,
        double imagesPerSecond,
        double loss,
        double usualLoss,
        float[] history,
        long arrivedAt,
        long pictureAt,
        List<Long> drifts) {

    private static final double LEAST_PATIENCE_SECONDS = 6;
    private static final double GAPS_OF_PATIENCE = 5;

    /** Whether images come. */
    enum State {
        /** They do. */
        LIVE,
        /** They come, but preparation passes none on: they look like the one before. */
        STILL,
        /** None come. */
        GONE,
        /** None came since this process began. */
        ABSENT
    }

    /**
     * When images last came, in milliseconds since 1970; 0 for never.
     *
     * @param arrivedAt out of the log
     * @param usualGap seconds between two arrivals
     * @param capturedAt as preparation has seen them, whatever it made of them
     */
    record Signs(long arrivedAt, double usualGap, long capturedAt) {}

    /**
     * What the signs mean.
     *
     * @param lookedAt when the log was last asked for images: while nobody asks, nobody is gone
     */
    static State state(Signs signs, long lookedAt) {
        if (signs.arrivedAt == 0) {
            return State.ABSENT;
        }
        double patience = 1e3 * Math.max(LEAST_PATIENCE_SECONDS, GAPS_OF_PATIENCE * signs.usualGap);
        if (lookedAt - signs.arrivedAt <= patience) {
            return State.LIVE;
        }
        return lookedAt - signs.capturedAt <= patience ? State.STILL : State.GONE;
    }
}
