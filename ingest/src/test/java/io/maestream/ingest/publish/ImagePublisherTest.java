package io.maestream.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maestream.ingest.payload.FilePayloadStore;
import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.PayloadReference;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePublisherTest {

    private final MockProducer<String, RawImage> producer = producer(false);
    private final List<String> events = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    private final PublishObserver observer =
            new PublishObserver() {
                @Override
                public void published(SourceImage image) {
                    events.add("published " + image.imageId());
                }

                @Override
                public void skipped(SourceImage image, String message) {
                    events.add("skipped " + message);
                }

                @Override
                public void failed(SourceImage image, Exception cause) {
                    events.add("failed " + image.imageId());
                }
            };

    private final ImagePublisher publisher = publisher(1000, 250);

    @Test
    void shouldSendWithTheSourceAsKeyWhenPublishing() throws Exception {
        // Given
        SourceImage image = image("a", 10);

        // When
        publisher.publish(image);
        producer.completeNext();

        // Then
        ProducerRecord<String, RawImage> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo("images.raw");
        assertThat(sent.key()).isEqualTo("camera-1");
        assertThat(sent.timestamp()).as("retention counts from sending").isNull();
        assertThat(sent.value().getImageId()).isEqualTo("a");
        assertThat(sent.value().getSequence()).isEqualTo(7);
        assertThat(sent.value().getOrigin()).isEqualTo("dir/a");
        assertThat(sent.value().getPayload()).isEqualTo(ByteBuffer.wrap(image.bytes()));
        assertThat(events).containsExactly("published a");
    }

    @Test
    void shouldCountOnlyWhatIsAcknowledgedWhenAskedForTotals() throws Exception {
        // Given
        publisher.publish(image("a", 10));
        publisher.publish(image("b", 20));

        // When one of two is acknowledged within two seconds
        producer.completeNext();
        nanos.set(2_000_000_000L);

        // Then
        PublishTotals totals = publisher.totals();
        assertThat(totals).isEqualTo(new PublishTotals(1, 10, 0, Duration.ofSeconds(2)));
        assertThat(totals.imagesPerSecond()).isEqualTo(0.5);
        assertThat(totals.bytesPerSecond()).isEqualTo(5);
    }

    @Test
    void shouldPassOverWithAClearMessageWhenAnImageIsTooLarge() throws Exception {
        // Given
        SourceImage large = image("big", 1001);

        // When
        publisher.publish(large);
        publisher.publish(image("small", 1));
        producer.completeNext();

        // Then
        assertThat(events.get(0))
                .contains("dir/big", "1001", "topics.max.image.bytes is 1000", "raise the limit");
        assertThat(events.get(1)).isEqualTo("published small");
        assertThat(publisher.totals().skipped()).isEqualTo(1);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void shouldMakeTheCallerWaitWhenTooManyBytesAreInFlight() throws Exception {
        // Given 200 of 250 bytes unacknowledged
        publisher.publish(image("a", 100));
        publisher.publish(image("b", 100));

        // When another 100 are published by a thread
        CompletableFuture<Void> third =
                CompletableFuture.runAsync(() -> publish(publisher, image("c", 100)));
        await().during(Duration.ofMillis(100)).until(() -> producer.history().size() == 2);
        producer.completeNext();

        // Then it goes on once there is room
        await().atMost(Duration.ofSeconds(10)).until(third::isDone);
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void shouldStillSendWhenOneImageIsLargerThanTheWholeBudget() throws Exception {
        // Given
        SourceImage image = image("a", 900);

        // When
        publisher.publish(image);

        // Then
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void shouldSurfaceTheFirstFailureWhenTheBrokersRefuse() throws Exception {
        // Given
        publisher.publish(image("a", 10));
        publisher.publish(image("b", 10));

        // When both fail, on the producer's thread
        producer.errorNext(new TimeoutException("expired"));
        producer.errorNext(new TimeoutException("expired too"));

        // Then the next calls throw the first
        assertThatThrownBy(() -> publisher.publish(image("c", 10)))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("a of camera-1")
                .hasRootCauseMessage("expired");
        assertThatThrownBy(publisher::flush).isInstanceOf(PublishException.class);
        assertThat(events).containsExactly("failed a");
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void shouldGiveItsBytesBackWhenSendingThrows() {
        // Given a producer that throws at once
        producer.sendException = new IllegalStateException("closed");

        // When, Then it fails, and the next one does not wait for its bytes
        assertThatThrownBy(() -> publisher.publish(image("a", 250)))
                .isInstanceOf(PublishException.class);
        assertThatThrownBy(() -> publisher.publish(image("b", 250)))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("a of camera-1");
    }

    @Test
    void shouldSendAReferenceWhenAnImageIsTooLargeToTravelInline(@TempDir Path store)
            throws Exception {
        // Given a store for images above 50 bytes
        PayloadSettings payload = new PayloadSettings(Optional.of(store.toString()), 50, 1000);
        ImagePublisher large =
                new ImagePublisher(
                        new RawImageSender(
                                producer,
                                new PublishSettings(payload, 1000),
                                new FilePayloadStore(store, 1000)),
                        observer,
                        nanos::get);

        // When
        large.publish(image("small", 50));
        large.publish(image("large", 51));
        large.publish(image("larger", 1001));

        // Then the reference leads to the bytes, and the digest is that of the image
        RawImage inline = producer.history().get(0).value();
        RawImage referred = producer.history().get(1).value();
        PayloadReference reference = (PayloadReference) referred.getPayload();
        assertThat(inline.getPayload()).isInstanceOf(ByteBuffer.class);
        assertThat(new FilePayloadStore(store, 1000).read(reference)).isEqualTo(new byte[51]);
        assertThat(referred.getSha256()).isEqualTo(Sha256.of(new byte[51]));
        assertThat(events.get(0)).contains("skipped", "payload.max.bytes is 1000");
    }

    @Test
    void shouldTellTheSourceWhenTheBrokersHaveAnImage() throws Exception {
        // Given
        List<String> acknowledged = new ArrayList<>();
        publisher.publish(image("a", 10), image -> acknowledged.add(image.imageId()));
        publisher.publish(image("b", 10), image -> acknowledged.add(image.imageId()));

        // When one is taken, and one refused
        producer.completeNext();
        producer.errorNext(new TimeoutException("expired"));

        // Then
        assertThat(acknowledged).containsExactly("a");
    }

    private ImagePublisher publisher(int maxImageBytes, int maxInFlight) {
        return new ImagePublisher(
                new RawImageSender(
                        producer,
                        new PublishSettings(PayloadSettings.inline(maxImageBytes), maxInFlight),
                        new NoPayloadStore()),
                observer,
                nanos::get);
    }

    static MockProducer<String, RawImage> producer(boolean autoComplete) {
        return new MockProducer<>(
                autoComplete, null, new StringSerializer(), AvroSerde.serializer(RawImage.class));
    }

    static SourceImage image(String name, int size) {
        return new SourceImage(
                "camera-1", name, 7, Instant.EPOCH, new byte[size], size, "dir/" + name);
    }

    private static void publish(ImagePublisher publisher, SourceImage image) {
        try {
            publisher.publish(image);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
