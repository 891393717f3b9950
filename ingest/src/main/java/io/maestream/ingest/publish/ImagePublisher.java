package io.maestream.ingest.publish;

import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Images onto {@code images.raw}, keyed by source id, so that each source keeps its order. A caller
 * waits while too many bytes are unacknowledged. The first failure stops the publisher: a producer
 * tells it to a callback on its own thread, and the next call here throws it.
 */
public final class ImagePublisher implements AutoCloseable {

    private final Producer<String, RawImage> producer;
    private final PublishSettings settings;
    private final PublishObserver observer;
    private final LongSupplier nanoTime;
    private final long started;
    private final BytesInFlight inFlight;
    private final AtomicReference<PublishException> failure = new AtomicReference<>();
    private final AtomicLong images = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    /** Publishes through a producer of its own. */
    public ImagePublisher(
            KafkaClients clients, PublishSettings settings, PublishObserver observer) {
        this(
                clients.producer(AvroSerde.serializer(RawImage.class), KafkaClients.UNCOMPRESSED),
                settings,
                observer,
                System::nanoTime);
    }

    ImagePublisher(
            Producer<String, RawImage> producer,
            PublishSettings settings,
            PublishObserver observer,
            LongSupplier nanoTime) {
        this.producer = producer;
        this.settings = settings;
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.inFlight = new BytesInFlight(settings.maxBytesInFlight());
    }

    /**
     * Sends an image, or passes it over if it is too large. Waits for room first.
     *
     * @throws PublishException if an earlier image, or this one, could not be published
     * @throws InterruptedException if interrupted while it waits for room
     */
    public void publish(SourceImage image) throws InterruptedException {
        throwFailure();
        if (image.size() > settings.maxImageBytes()) {
            skip(image);
            return;
        }
        int size = image.bytes().length;
        inFlight.acquire(size);
        try {
            throwFailure();
            producer.send(record(image), (metadata, error) -> acknowledged(image, error));
        } catch (RuntimeException e) {
            inFlight.release(size);
            fail(image, e);
            throwFailure();
        }
    }

    /**
     * Waits until every image sent so far is acknowledged.
     *
     * @throws PublishException if one could not be published
     */
    public void flush() {
        producer.flush();
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
        producer.close();
    }

    private void acknowledged(SourceImage image, Exception error) {
        inFlight.release(image.bytes().length);
        if (error != null) {
            fail(image, error);
            return;
        }
        images.incrementAndGet();
        bytes.addAndGet(image.bytes().length);
        observer.published(image);
    }

    private void skip(SourceImage image) {
        skipped.incrementAndGet();
        observer.skipped(
                image,
                "%s is too large: %d bytes, and topics.max.image.bytes is %d; make the image smaller, or raise the limit (topics keep theirs: change max.message.bytes too)"
                        .formatted(image.origin(), image.size(), settings.maxImageBytes()));
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

    /** The record's own time stays the time of sending: an old photo's would be past retention. */
    private static ProducerRecord<String, RawImage> record(SourceImage image) {
        RawImage value =
                RawImage.newBuilder()
                        .setImageId(image.imageId())
                        .setSourceId(image.sourceId())
                        .setSequence(image.sequence())
                        .setCapturedAt(image.capturedAt())
                        .setPayload(ByteBuffer.wrap(image.bytes()))
                        .setOrigin(image.origin())
                        .build();
        return new ProducerRecord<>(Topics.IMAGES_RAW, image.sourceId(), value);
    }
}
