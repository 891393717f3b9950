package io.maestream.trainer.dashboard;

/**
 * What training saw of one source.
 *
 * @param id of the source
 * @param images trained on since this process began
 * @param imagesPerSecond over about the last half minute
 * @param loss of its images, smoothed over about ten steps
 * @param usualLoss the same over about two hundred
 * @param seenAt when its last image was trained on, in milliseconds since 1970
 */
record Camera(
        String id,
        long images,
        double imagesPerSecond,
        double loss,
        double usualLoss,
        long seenAt) {

    private static final double RATE_SECONDS = 30;
    private static final double FAST = 0.1;
    private static final double SLOW = 0.005;

    /** A source that is seen for the first time. */
    static Camera first(String id, int images, double loss, long now) {
        return new Camera(id, images, 0, loss, loss, now);
    }

    /** After a step that had images of it. */
    Camera after(int more, double newLoss, long now) {
        double seconds = Math.max(1e-3, (now - seenAt) / 1e3);
        double weight = 1 - Math.exp(-seconds / RATE_SECONDS);
        return new Camera(
                id,
                images + more,
                imagesPerSecond + weight * (more / seconds - imagesPerSecond),
                smooth(loss, newLoss, FAST),
                smooth(usualLoss, newLoss, Math.max(SLOW, 1.0 / (1 + images))),
                now);
    }

    /** As it looks at a later time: the rate fades while nothing comes. */
    Camera at(long now) {
        double seconds = Math.max(0, (now - seenAt) / 1e3);
        double faded = imagesPerSecond * Math.exp(-Math.max(0, seconds - 5) / RATE_SECONDS);
        return new Camera(id, images, faded, loss, usualLoss, seenAt);
    }

    private static double smooth(double old, double value, double weight) {
        if (!Double.isFinite(value)) {
            return old;
        }
        return Double.isFinite(old) ? old + weight * (value - old) : value;
    }
}
