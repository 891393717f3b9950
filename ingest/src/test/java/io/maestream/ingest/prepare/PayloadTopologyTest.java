package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.PayloadReader;
import io.maestream.ingest.payload.Sha256;
import io.maestream.schemas.PayloadReference;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that travel as a reference. */
class PayloadTopologyTest {

    private static final byte[] PICTURE = TestImages.jpeg(64, 48);

    @TempDir Path state;

    @Test
    void shouldPrepareWhatTheReferenceLeadsTo() {
        try (PreparationDriver driver = driver(reference -> PICTURE)) {
            // When
            driver.pipe(reference(driver, PICTURE.length), 0);

            // Then
            assertThat(driver.preparedIds()).containsExactly("a");
        }
    }

    @Test
    void shouldDropTheInlineRepeatOfAReferredImage() {
        try (PreparationDriver driver = driver(reference -> PICTURE)) {
            // When
            driver.pipe(reference(driver, PICTURE.length), 0);
            driver.pipe("a", PICTURE, 1);

            // Then
            assertThat(driver.preparedIds()).containsExactly("a");
        }
    }

    @Test
    void shouldRejectWithoutFetchingWhenTheReferencePromisesTooMuch() {
        // Given
        AtomicInteger reads = new AtomicInteger();
        try (PreparationDriver driver =
                driver(
                        reference -> {
                            reads.incrementAndGet();
                            return PICTURE;
                        })) {
            // When
            driver.pipe(reference(driver, 1L << 40), 0);

            // Then
            assertThat(driver.rejected.readValue().getReason())
                    .isEqualTo(RejectionReason.TOO_MANY_BYTES);
            assertThat(reads).hasValue(0);
        }
    }

    @Test
    void shouldRejectWithTheRemedyWhenThereIsNoStoreOrItIsAway() {
        try (PreparationDriver none = driver(new NoPayloadStore());
                PreparationDriver away =
                        driver(
                                reference -> {
                                    throw new IOException("disk away");
                                })) {
            // When
            none.pipe(reference(none, 10), 0);
            away.pipe(reference(away, 10), 0);

            // Then
            assertThat(none.rejected.readValue())
                    .returns(RejectionReason.MISSING_PAYLOAD, RejectedImage::getReason)
                    .returns(10L, RejectedImage::getSize);
            RejectedImage image = away.rejected.readValue();
            assertThat(image.getReason()).isEqualTo(RejectionReason.PAYLOAD_UNAVAILABLE);
            assertThat(image.getDetail())
                    .contains("disk away", "rejected retry --reason PAYLOAD_UNAVAILABLE");
        }
    }

    @Test
    void shouldTryAgainUntilTheStoreIsBackOrPatienceIsOver() throws Exception {
        // Given a store that fails twice
        AtomicInteger tries = new AtomicInteger();
        PayloadReader flaky =
                reference -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IOException("not yet");
                    }
                    return PICTURE;
                };
        CountDownLatch running = new CountDownLatch(1);
        PayloadReference reference = new PayloadReference("file:/x", "00", 1L);

        // When, Then
        assertThat(
                        new RetryingPayloadReader(flaky, Duration.ofSeconds(10), running)
                                .read(reference))
                .isSameAs(PICTURE);
        assertThat(tries).hasValue(3);
        tries.set(0);
        assertThatThrownBy(
                        () ->
                                new RetryingPayloadReader(flaky, Duration.ZERO, running)
                                        .read(reference))
                .isInstanceOf(IOException.class);
        assertThat(tries).hasValue(1);
    }

    private PreparationDriver driver(PayloadReader payloads) {
        return new PreparationDriver(
                state.resolve("" + System.identityHashCode(payloads)),
                Map.of(),
                PrepareObserver.NONE,
                payloads);
    }

    private static RawImage reference(PreparationDriver driver, long size) {
        return RawImage.newBuilder(driver.image("camera-1", "a", new byte[0]))
                .setPayload(new PayloadReference("file:/x", Sha256.of(PICTURE), size))
                .build();
    }
}
