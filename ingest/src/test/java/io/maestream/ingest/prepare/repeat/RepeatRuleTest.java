package io.maestream.ingest.prepare.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RepeatRuleTest {

    private static final RepeatSettings SETTINGS =
            new RepeatSettings(Duration.ofHours(1), 4, 40, Duration.ofSeconds(30));

    private final RepeatRule rule = new RepeatRule(SETTINGS);

    @Property
    void shouldBeSimilarToItselfUntilTheHeartbeat(
            @ForAll @Size(Thumbnail.BYTES) byte[] pixels,
            @ForAll @LongRange(max = 1L << 40) long time,
            @ForAll @LongRange(min = -60_000, max = 60_000) long later) {
        // Given
        Thumbnail image = new Thumbnail(pixels);
        LastKept last = new LastKept(time, image);

        // When, Then
        assertThat(rule.isSimilar(image, last, time + later)).isEqualTo(Math.abs(later) < 30_000);
    }

    @Property
    void shouldBeAsFarFromEachOtherWhicheverComesFirst(
            @ForAll @Size(Thumbnail.BYTES) byte[] a, @ForAll @Size(Thumbnail.BYTES) byte[] b) {
        // Given
        Thumbnail x = new Thumbnail(a);
        Thumbnail y = new Thumbnail(b);

        // When, Then
        assertThat(x.distance(x)).isZero();
        assertThat(x.distance(y)).isEqualTo(y.distance(x)).isBetween(0, 64);
        assertThat(x.contrast(y)).isEqualTo(y.contrast(x)).isBetween(0, 255);
    }

    @Property
    void shouldTakeNoNoticeOfNoiseWherePicturesAreFlat(
            @ForAll @IntRange(max = 252) int level,
            @ForAll @Size(Thumbnail.BYTES) byte[] a,
            @ForAll @Size(Thumbnail.BYTES) byte[] b) {
        assertThat(flat(level, a).distance(flat(level, b))).isZero();
    }

    private static Thumbnail flat(int level, byte[] noise) {
        byte[] pixels = new byte[Thumbnail.BYTES];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (level + (noise[i] & 1));
        }
        return new Thumbnail(pixels);
    }

    @Property
    void shouldTakeNoNoticeOfLightThatChangesEverywhere(
            @ForAll @Size(Thumbnail.BYTES) byte[] pixels,
            @ForAll @IntRange(min = 1, max = 40) int brighter) {
        // Given a picture with room above its levels
        byte[] dark = new byte[pixels.length];
        byte[] light = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            dark[i] = (byte) ((pixels[i] & 0xFF) * 200 / 255);
            light[i] = (byte) ((dark[i] & 0xFF) + brighter);
        }
        Thumbnail before = new Thumbnail(dark);
        Thumbnail after = new Thumbnail(light);

        // When, Then
        assertThat(after.distance(before)).isZero();
        assertThat(after.contrast(before)).isEqualTo(brighter);
        assertThat(rule.isSimilar(after, new LastKept(0, before), 1)).isTrue();
    }

    @Property
    void shouldNeverBeSimilarWhenOneColourOfOnePlaceDiffersByMoreThanTheLevels(
            @ForAll @Size(Thumbnail.BYTES) byte[] pixels,
            @ForAll @IntRange(max = Thumbnail.BYTES - 1) int place,
            @ForAll @IntRange(min = 41, max = 127) int levels) {
        // Given
        byte[] other = pixels.clone();
        int value = pixels[place] & 0xFF;
        other[place] = (byte) (value > 127 ? value - levels : value + levels);

        // When, Then
        assertThat(rule.isSimilar(new Thumbnail(other), new LastKept(0, new Thumbnail(pixels)), 1))
                .isFalse();
    }

    @Property
    void shouldComeBackAsItWasWhenStored(
            @ForAll @Size(Thumbnail.BYTES) byte[] pixels, @ForAll long time) {
        // Given
        LastKept last = new LastKept(time, new Thumbnail(pixels));

        // When, Then
        assertThat(LastKept.of(last.bytes())).isEqualTo(last);
    }

    @Test
    void shouldBeARepeatWhenSentTwiceButNotWhenACameraIsStillThere() {
        // Given
        LastKept old = new LastKept(0, new Thumbnail(new byte[Thumbnail.BYTES]));

        // When, Then
        assertThat(rule.isRepeat(List.of(), "a", old, 1)).isFalse();
        assertThat(rule.isRepeat(List.of("a"), "a", old, 1)).isTrue();
        assertThat(rule.isRepeat(List.of("a"), "a", old, 40_000)).isTrue();
        assertThat(rule.isRepeat(List.of("a"), "b", old, 1)).isTrue();
        assertThat(rule.isRepeat(List.of("a"), "b", old, 40_000)).isFalse();
        assertThat(rule.isRepeat(List.of("a"), "b", null, 1)).isFalse();
    }

    @Test
    void shouldFindNothingSimilarWhenSwitchedOff() {
        // Given
        RepeatRule off =
                new RepeatRule(new RepeatSettings(Duration.ZERO, -1, 255, Duration.ofSeconds(30)));
        Thumbnail image = new Thumbnail(new byte[Thumbnail.BYTES]);

        // When, Then
        assertThat(off.isSimilar(image, new LastKept(0, image), 1)).isFalse();
    }
}
