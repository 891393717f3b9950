package io.maestream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class BarTextTest {
    @Property(tries = 200)
    void shouldNeverBeWiderThanTheTerminal(
            @ForAll @DoubleRange(min = 0, max = 1) double share,
            @ForAll @AlphaChars @StringLength(max = 120) String words,
            @ForAll @IntRange(min = 10, max = 200) int columns) {
        // When
        String line = BarText.line(OptionalDouble.of(share), words, columns);

        // Then
        assertThat(line.length()).isLessThanOrEqualTo(columns);
        assertThat(BarText.line(OptionalDouble.empty(), words, columns).length())
                .isLessThanOrEqualTo(columns);
    }

    @Example
    void shouldFillTheBarByTheShareThatIsDone() {
        assertThat(BarText.line(OptionalDouble.of(0.5), "words", 23))
                .isEqualTo(" 50% [=====     ] words");
        assertThat(BarText.line(OptionalDouble.of(0.5), "words", 12)).isEqualTo(" 50% words");
        assertThat(BarText.line(OptionalDouble.empty(), "words", 12)).isEqualTo("words");
    }

    @Example
    void shouldMeasureByStepsOrTimeWhicheverIsFurther() {
        // Given
        var both = new Bound(10, OptionalLong.of(20), Optional.of(Duration.ofMinutes(100)));
        var endless = new Bound(10, OptionalLong.empty(), Optional.empty());

        // Then
        assertThat(both.share(15, Duration.ofMinutes(20))).hasValue(0.5);
        assertThat(both.share(11, Duration.ofMinutes(20))).hasValue(0.2);
        assertThat(both.words(15, Duration.ofSeconds(61))).isEqualTo("step 15/20 1:01/1:40:00");
        assertThat(endless.share(15, Duration.ZERO)).isEmpty();
        assertThat(endless.words(15, Duration.ofSeconds(9))).isEqualTo("step 15 0:09");
    }
}
