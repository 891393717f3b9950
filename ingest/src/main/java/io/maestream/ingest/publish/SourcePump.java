package io.maestream.ingest.publish;

import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Moves images from a source to a publisher until the source ends or {@link #stop()} is called. It
 * owns both and closes them at the end of {@link #run()}.
 */
public final class SourcePump {

    private static final long REPORT_NANOS = Duration.ofSeconds(10).toNanos();

    private final ImageSource source;
    private final ImagePublisher publisher;
    private final PublishObserver observer;
    private final LongSupplier nanoTime;
    private volatile boolean stopped;

    /** Pumps in real time. */
    public SourcePump(ImageSource source, ImagePublisher publisher, PublishObserver observer) {
        this(source, publisher, observer, System::nanoTime);
    }

    SourcePump(
            ImageSource source,
            ImagePublisher publisher,
            PublishObserver observer,
            LongSupplier nanoTime) {
        this.source = source;
        this.publisher = publisher;
        this.observer = observer;
        this.nanoTime = nanoTime;
    }

    /**
     * Publishes until the end; every image taken from the source is acknowledged when this returns.
     *
     * @throws IOException if the source fails
     * @throws PublishException if an image could not be published
     * @throws InterruptedException if the thread is interrupted
     */
    public PublishTotals run() throws IOException, InterruptedException {
        try (source;
                publisher) {
            pump();
            publisher.flush();
            PublishTotals totals = publisher.totals();
            observer.progress(totals);
            return totals;
        } finally {
            source.release();
        }
    }

    /** Asks a running pump to end after the image in hand; may be called by any thread. */
    public void stop() {
        stopped = true;
        source.close();
    }

    private void pump() throws IOException, InterruptedException {
        long reported = nanoTime.getAsLong();
        while (!stopped) {
            Optional<SourceImage> image = source.next();
            if (image.isEmpty()) {
                return;
            }
            publisher.publish(image.get(), source::acknowledged);
            long now = nanoTime.getAsLong();
            if (now - reported >= REPORT_NANOS) {
                observer.progress(publisher.totals());
                reported = now;
            }
        }
    }
}
