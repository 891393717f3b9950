package io.maestream.schemas.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailurePolicyTest {

    private static final Instant NOW = Instant.ofEpochSecond(10_000);
    private static final Throwable PASSING = new StreamsException(new TimeoutException("slow"));

    private final ThreadFailurePolicy policy = new ThreadFailurePolicy();

    @Test
    void shouldBeFatalAtOnceWhenWaitingCannotHelp() {
        assertThat(policy.isFatal(new MissingSourceTopicException("images.raw"), NOW)).isTrue();
        assertThat(policy.isFatal(new StreamsException(new TopicAuthorizationException("no")), NOW))
                .isTrue();
        assertThat(policy.isFatal(new OutOfMemoryError(), NOW)).isTrue();
    }

    @Test
    void shouldNotBeFatalWhenFailuresAreRare() {
        for (int i = 0; i < 100; i++) {
            assertThat(policy.isFatal(PASSING, NOW.plusSeconds(120L * i))).isFalse();
        }
    }

    @Test
    void shouldBecomeFatalWhenFailuresComeTooOften() {
        for (int i = 0; i < 10; i++) {
            assertThat(policy.isFatal(PASSING, NOW.plusSeconds(i))).isFalse();
        }
        assertThat(policy.isFatal(PASSING, NOW.plusSeconds(10))).isTrue();
    }
}
