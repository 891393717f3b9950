package io.maestream.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RateLimitedSourceTest {

    private final FakePacer pacer = new FakePacer();
    private final ImageSource cameras =
            new SimulatedCameraSource(
                    new SimulationSettings(1, 16, 16, 0, 1, 0, 0, 0), new FakePacer());

    @Test
    void shouldSpaceImagesEvenlyWhenTheSourceIsFaster() throws Exception {
        // Given
        ImageSource source = RateLimitedSource.wrap(cameras, 20, pacer);
        Instant start = pacer.now();

        // When
        for (int i = 0; i < 4; i++) {
            source.next();
        }

        // Then
        assertThat(pacer.waits)
                .containsExactly(
                        start.plusMillis(50), start.plusMillis(100), start.plusMillis(150));
    }

    @Test
    void shouldNotCatchUpByABurstWhenItFellBehind() throws Exception {
        // Given
        ImageSource source = RateLimitedSource.wrap(cameras, 10, pacer);
        source.next();
        pacer.advance(5000);

        // When
        source.next();
        source.next();

        // Then the next image is due one interval after the late one
        assertThat(pacer.waits.get(1)).isEqualTo(Instant.ofEpochSecond(1005).plusMillis(100));
    }

    @Test
    void shouldBeTheSourceItselfWhenThereIsNoLimit() {
        assertThat(RateLimitedSource.wrap(cameras, 0, pacer)).isSameAs(cameras);
    }

    @Test
    void shouldRefuseWhenTheRateIsNoRate() {
        assertThatThrownBy(() -> RateLimitedSource.wrap(cameras, -1, pacer))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RateLimitedSource.wrap(cameras, Double.NaN, pacer))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldWakeWhenClosedDuringALongWait() {
        // Given a thread that waits an hour for its second image
        ImageSource source = RateLimitedSource.wrap(cameras, 1.0 / 3600, Pacer.realTime());
        CompletableFuture<Boolean> second =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                source.next();
                                return source.next().isPresent();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });

        // When
        source.close();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(second::isDone);
        assertThat(second).isCompletedWithValue(false);
    }
}
