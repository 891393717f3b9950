package io.maestream.ingest.prepare.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    @Property
    void shouldNeverGrantMoreThanBurstAndRateAllow(
            @ForAll @DoubleRange(min = 0.1, max = 100) double rate,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll @Size(max = 200) List<@LongRange(min = -500, max = 500) Long> gaps) {
        // Given
        QuotaSettings quota = new QuotaSettings(rate, burst);
        long now = 10_000;
        long latest = now;
        TokenBucket bucket = TokenBucket.full(quota, now);

        // When
        int granted = 0;
        for (long gap : gaps) {
            now += gap;
            latest = Math.max(latest, now);
            TokenBucket.Answer answer = bucket.take(quota, now);
            bucket = TokenBucket.of(answer.bucket().bytes());
            granted += answer.granted() ? 1 : 0;
        }

        // Then
        assertThat((double) granted)
                .isLessThanOrEqualTo(burst + rate * (latest - 10_000) / 1000 + 1e-6);
        assertThat(bucket.tokens()).isBetween(0.0, (double) burst);
    }

    @Property
    void shouldGrantEverythingWhenASourceKeepsItsRate(
            @ForAll @IntRange(min = 1, max = 500) int rate,
            @ForAll @IntRange(min = 2, max = 50) int burst) {
        // Given a source that sends a little less than it may
        QuotaSettings quota = new QuotaSettings(rate, burst);
        TokenBucket bucket = TokenBucket.full(quota, 0);

        // When, Then
        for (long i = 1; i <= 300; i++) {
            TokenBucket.Answer answer = bucket.take(quota, (i * 1000 + rate - 1) / rate);
            assertThat(answer.granted()).isTrue();
            bucket = answer.bucket();
        }
    }

    @Test
    void shouldBeFullAgainAfterARest() {
        // Given
        QuotaSettings quota = new QuotaSettings(2, 4);
        TokenBucket bucket = TokenBucket.full(quota, 0).take(quota, 0).bucket();

        // When, Then
        assertThat(bucket.isFull(quota, 100)).isFalse();
        assertThat(bucket.isFull(quota, 500)).isTrue();
    }

    @Test
    void shouldNameBothKeysWhenAQuotaMakesNoSense() {
        assertThatThrownBy(() -> new QuotaSettings(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prepare.quota.images.per.second")
                .hasMessageContaining("prepare.quota.burst.images");
        assertThat(QuotaSettings.defaults().isSet()).isFalse();
    }
}
