package io.maestream.ingest.publish;

import java.time.Duration;

/**
 * What was published so far.
 *
 * @param images images that the brokers acknowledged
 * @param bytes encoded bytes of those images
 * @param skipped images passed over because they are too large
 * @param elapsed time since the publisher was built
 */
public record PublishTotals(long images, long bytes, long skipped, Duration elapsed) {

    /** Mean rate since the start; 0 at the start. */
    public double imagesPerSecond() {
        return perSecond(images);
    }

    /** Mean rate since the start; 0 at the start. */
    public double bytesPerSecond() {
        return perSecond(bytes);
    }

    private double perSecond(long count) {
        return elapsed.isZero() ? 0 : count / (elapsed.toNanos() / 1e9);
    }
}
