package io.maestream.ingest.publish;

import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.client.KafkaClients;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Images onto {@code images.raw}, keyed by source id, so that each source keeps its order. A caller
 * waits while too many bytes are unacknowledged. The first failure stops the publisher: a producer
 * tells it to a callback on its own thread, and the next call here throws it.
 */
public final class ImagePublisher implements AutoCloseable {

    private final RawImageSender sender;
    private final PublishObserver observer;
    private final LongSupplier nanoTime;
    private final long started;
    private final AtomicReference<PublishException> failure = new AtomicReference<>();
    private final AtomicLong images = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    /** Publishes through a producer of its own; all images travel inline. */
    public ImagePublisher(
            KafkaClients clients, PublishSettings settings, PublishObserver observer) {
        this(new RawImageSender(clients, settings), observer);
    }

    /** Publishes through this sender, which it owns. */
    public ImagePublisher(RawImageSender sender, PublishObserver observer) {
        this(sender, observer, System::nanoTime);
    }

    ImagePublisher(RawImageSender sender, PublishObserver observer, LongSupplier nanoTime) {
        this.sender = sender;
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    /**
     * Sends an image, or passes it over if it is too large. Waits for room first.
     *
     * @throws PublishException if an earlier image, or this one, could not be published
     * @throws InterruptedException if interrupted while it waits for room
     */
    public void publish(SourceImage image) throws InterruptedException {
        publish(image, published -> {});
    }

    /**
     * The same, and tells of the brokers' acknowledgement, on the producer's thread; never of an
     * image that was passed over.
     */
    public void publish(SourceImage image, Consumer<SourceImage> acknowledged)
            throws InterruptedException {
        throwFailure();
        Optional<String> refusal = sender.refusal(image);
        if (refusal.isPresent()) {
            skipped.incrementAndGet();
            observer.skipped(image, refusal.get());
            return;
        }
        try {
            sender.send(image, error -> settle(image, error, acknowledged));
        } catch (IOException | RuntimeException e) {
            fail(image, e);
        }
        throwFailure();
    }

    /**
     * Waits until every image sent so far is acknowledged.
     *
     * @throws PublishException if one could not be published
     */
    public void flush() {
        sender.flush();
        throwFailure();
    }

    /** What was published so far. */
    public PublishTotals totals() {
        return new PublishTotals(
                images.get(),
                bytes.get(),
                skipped.get(),
                Duration.ofNanos(nanoTime.getAsLong() - started));
    }

    /** Waits for what is unacknowledged, then closes the producer. */
    @Override
    public void close() {
        sender.close();
    }

    private void settle(
            SourceImage image, Optional<Exception> error, Consumer<SourceImage> acknowledged) {
        if (error.isPresent()) {
            fail(image, error.get());
            return;
        }
        images.incrementAndGet();
        bytes.addAndGet(image.bytes().length);
        try {
            acknowledged.accept(image);
        } catch (RuntimeException e) {
            // It is on the topic, but its source cannot remember that: nobody may go on so.
            fail(image, e);
            return;
        }
        observer.published(image);
    }

    private void fail(SourceImage image, Exception cause) {
        PublishException first =
                new PublishException(
                        "could not publish %s of %s: %s"
                                .formatted(image.imageId(), image.sourceId(), cause.getMessage()),
                        cause);
        if (failure.compareAndSet(null, first)) {
            observer.failed(image, cause);
        }
    }

    private void throwFailure() {
        PublishException first = failure.get();
        if (first != null) {
            throw first;
        }
    }
}
