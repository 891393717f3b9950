package io.maestream.ingest.source;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Slows a source down to a number of images per second. */
public final class RateLimitedSource implements ImageSource {

    private final ImageSource source;
    private final Duration interval;
    private final Pacer pacer;
    private Instant due;

    private RateLimitedSource(ImageSource source, Duration interval, Pacer pacer) {
        this.source = source;
        this.interval = interval;
        this.pacer = pacer;
    }

    /**
     * The source at no more than this many images per second, evenly spaced; a late image is not
     * caught up by a burst. With 0 the source comes back as it is. The result owns source and
     * pacer.
     *
     * @throws IllegalArgumentException if the rate is negative or not finite
     */
    public static ImageSource wrap(ImageSource source, double imagesPerSecond, Pacer pacer) {
        if (!(imagesPerSecond >= 0) || Double.isInfinite(imagesPerSecond)) {
            throw new IllegalArgumentException(
                    "rate must be 0 (no limit) or more images per second, not " + imagesPerSecond);
        }
        if (imagesPerSecond == 0) {
            return source;
        }
        Duration interval = Duration.ofNanos(Math.round(1e9 / imagesPerSecond));
        return new RateLimitedSource(source, interval, pacer);
    }

    @Override
    public Optional<SourceImage> next() throws IOException, InterruptedException {
        if (due != null && !pacer.await(due)) {
            return Optional.empty();
        }
        Instant now = pacer.now();
        due = (due == null || now.isAfter(due.plus(interval)) ? now : due).plus(interval);
        return source.next();
    }

    @Override
    public void acknowledged(SourceImage image) {
        source.acknowledged(image);
    }

    @Override
    public void close() {
        pacer.close();
        source.close();
    }

    @Override
    public void release() {
        source.release();
    }
}
