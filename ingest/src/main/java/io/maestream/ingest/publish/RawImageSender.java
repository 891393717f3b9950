package io.maestream.ingest.publish;

import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.PayloadWriter;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.wire.AvroSerde;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends images onto {@code images.raw}, keyed by source id, and tells of each what became of it. A
 * caller waits while too many bytes are unacknowledged. Safe for use by several threads.
 */
public final class RawImageSender implements AutoCloseable {

    private final Producer<String, RawImage> producer;
    private final PublishSettings settings;
    private final RawImageRecords records;
    private final BytesInFlight inFlight;

    /** Sends through a producer of its own; all images travel inline. */
    public RawImageSender(KafkaClients clients, PublishSettings settings) {
        this(clients, settings, new NoPayloadStore());
    }

    /**
     * Sends through a producer of its own.
     *
     * @param store where images go first that do not travel inline
     */
    public RawImageSender(KafkaClients clients, PublishSettings settings, PayloadWriter store) {
        this(
                clients.producer(AvroSerde.serializer(RawImage.class), KafkaClients.UNCOMPRESSED),
                settings,
                store);
    }

    RawImageSender(
            Producer<String, RawImage> producer, PublishSettings settings, PayloadWriter store) {
        this.producer = producer;
        this.settings = settings;
        this.records = new RawImageRecords(settings.payload().maxInlineBytes(), store);
        this.inFlight = new BytesInFlight(settings.maxBytesInFlight());
    }

    /** Larger images must not be sent, in bytes. */
    public int maxImageBytes() {
        return settings.maxImageBytes();
    }

    /** Why an image must not be sent; names it, its size, the limit and the remedy. */
    public Optional<String> refusal(SourceImage image) {
        if (image.size() <= settings.maxImageBytes()) {
            return Optional.empty();
        }
        return Optional.of(
                "%s is too large: %d bytes, and %s is %d; make the image smaller, or raise the limit%s"
                        .formatted(
                                image.origin(),
                                image.size(),
                                settings.payload().limitKey(),
                                settings.maxImageBytes(),
                                settings.payload().location().isPresent()
                                        ? ""
                                        : " (topics keep theirs: change max.message.bytes too), or"
                                                + " set payload.dir"));
    }

    /**
     * Sends an image, after waiting for room.
     *
     * @param outcome told once, on the producer's thread: empty when the brokers have acknowledged
     *     it, else why they did not
     * @throws IOException if the image had to go to the payload store and could not
     * @throws InterruptedException if interrupted while it waits
     * @throws RuntimeException the producer's own; the outcome is not told then
     */
    public void send(SourceImage image, Consumer<Optional<Exception>> outcome)
            throws IOException, InterruptedException {
        int size = image.bytes().length;
        inFlight.acquire(size);
        try {
            ProducerRecord<String, RawImage> sent = records.of(image);
            producer.send(
                    sent,
                    (metadata, error) -> {
                        inFlight.release(size);
                        outcome.accept(Optional.ofNullable(error));
                    });
        } catch (IOException | RuntimeException e) {
            inFlight.release(size);
            throw e;
        }
    }

    /** Waits until the outcome of everything sent so far was told. */
    public void flush() {
        producer.flush();
    }

    /** Waits for what is unacknowledged, then closes the producer. */
    @Override
    public void close() {
        producer.close();
    }
}
