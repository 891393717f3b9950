package io.maestream.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgoTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "119, 119 s",
        "120, 2 min",
        "7199, 119 min",
        "7200, 2 h",
        "172799, 47 h",
        "172800, 2 d"
    })
    void shouldSayItAsPeopleDo(long seconds, String words) {
        // Given
        Instant then = Instant.parse("2026-03-04T05:06:07Z");

        // Then
        assertThat(Ago.words(then, then.plusSeconds(seconds))).isEqualTo(words);
    }
}
