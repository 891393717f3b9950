package io.maestream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Admission admission =
            new Admission(new UploadSettings.Limits(2, 100, 150, Duration.ZERO), nanos::get);

    @Test
    void shouldLetInAsManyAsThereArePlacesWhenTheyAreSmall() throws Exception {
        // Given
        Admission.Ticket first = admission.enter(10);
        admission.enter(10);

        // When, Then
        refused(10, 429);
        first.close();
        first.close();
        admission.enter(10);
        refused(10, 429);
    }

    @Test
    void shouldBoundTheBytesOfAllWhenTheyAreLarge() throws Exception {
        // Given
        Admission.Ticket first = admission.enter(100);

        // When, Then
        refused(51, 429);
        admission.enter(50).close();
        first.close();
        admission.enter(100);
    }

    @Test
    void shouldSayUnavailableWhenTheBrokersHaveNotAnsweredForLong() throws Exception {
        // Given one that reads slowly, and one that waits for the brokers
        Admission.Ticket reading = admission.enter(10);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        admission.enter(10).close();
        reading.waitsForBrokers();

        // When, Then
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(9));
        admission.enter(10).close();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        refused(10, 503);
        reading.close();
        admission.enter(10);
    }

    @Test
    void shouldLetNobodyInWhenItDrains() throws Exception {
        // When
        admission.drain(Duration.ZERO);

        // Then
        refused(10, 503);
    }

    private void refused(long size, int status) {
        assertThatThrownBy(() -> admission.enter(size))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
