package io.maestream.ingest.source.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.source.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The pure decisions of cameras. */
class VideoDecisionsTest {

    @Property(tries = 200)
    void shouldOnlyGrowAndStayNearArrivalWhenStampsAreArbitrary(
            @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 5_000_000) Long> stamps,
            @ForAll @IntRange(max = 500) int stepMillis) {
        // Given
        CaptureClock clock = new CaptureClock();
        Instant last = Instant.MIN;
        for (int i = 0; i < stamps.size(); i++) {
            Instant arrived = Instant.ofEpochMilli(1_000_000L + (long) i * stepMillis);

            // When
            Instant at = clock.at(arrived, OptionalLong.of(stamps.get(i)));

            // Then
            assertThat(at).isAfter(last);
            assertThat(at).isBefore(arrived.plusSeconds(3));
            last = at;
        }
    }

    @Property(tries = 200)
    void shouldNeverTakeMoreThanTheCapWhenFramesComeAtAnyTime(
            @ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> gaps,
            @ForAll @DoubleRange(min = 0.5, max = 30) double rate) {
        // Given
        FrameRateCap cap = new FrameRateCap(rate);
        Instant at = Instant.EPOCH;
        int taken = 0;

        // When
        for (int gap : gaps) {
            at = at.plusMillis(gap);
            taken += cap.take(at) ? 1 : 0;
        }

        // Then, with the first at once and one kept in reserve
        double seconds = Duration.between(Instant.EPOCH, at).toMillis() / 1e3;
        assertThat(taken).isLessThanOrEqualTo((int) Math.ceil(seconds * rate) + 2);
    }

    @Property(tries = 200)
    void shouldGrowUpToTheCapWhenFailuresAddUp(
            @ForAll @IntRange(min = 1, max = 100) int failures,
            @ForAll @DoubleRange(max = 1) double random) {
        // When
        Duration delay = Backoff.USUAL.delay(failures, random);

        // Then
        assertThat(delay).isBetween(Duration.ofMillis(250), Duration.ofSeconds(30));
        assertThat(Backoff.USUAL.delay(failures + 1, random)).isGreaterThanOrEqualTo(delay);
    }

    @Example
    void shouldShowNoCredentialsWhenAnAddressHasThem() {
        for (CameraAddress address :
                List.of(
                        CameraAddress.of("rtsp://admin:s3cret@cam:554/live?token=s3cret"),
                        CameraAddress.of(
                                "rtsp://cam:554/live", Optional.of("a"), Optional.of("s3cret")))) {
            // Then
            assertThat(address.toString()).isEqualTo("rtsp://cam:554/live");
            assertThat(address.connect()).contains("s3cret");
            assertThat(FfmpegInput.camera(address, CameraSettings.USUAL).toString())
                    .doesNotContain("s3cret");
        }
    }

    @Example
    void shouldEncodeAndNeverRepeatSecretsWhenAnAddressIsMade() {
        // Given a password with characters of its own meaning
        CameraAddress address =
                CameraAddress.of("http://cam/x", Optional.of("me"), Optional.of("a@b:c/d ?"));

        // Then
        assertThat(address.connect()).isEqualTo("http://me:a%40b%3Ac%2Fd%20%3F@cam/x");
        assertThatThrownBy(() -> CameraAddress.of("rtsp://me:a b@cam/x"))
                .hasMessageContaining("percent-encoded")
                .hasMessageNotContaining("a b");
        assertThatThrownBy(() -> CameraAddress.of("file:///etc/passwd"))
                .hasMessageContaining("rtsp://");
        assertThatThrownBy(() -> CameraAddress.of("v4l2:/etc/passwd"))
                .hasMessageContaining("/dev/video0");
        assertThatThrownBy(() -> CameraAddress.of("rtsp:///x")).hasMessageContaining("no host");
        assertThat(CameraAddress.hasCredentials("rtsp://me@cam/x")).isTrue();
        assertThat(CameraAddress.of("v4l2:/dev/video0").toString()).isEqualTo("v4l2:/dev/video0");
    }

    @Example
    void shouldTakeOnlyWholePicturesAsTheyAreWhenFramesAreJpeg() {
        // Given
        byte[] jpeg = TestImages.jpeg(64, 48);
        byte[] cut = java.util.Arrays.copyOf(jpeg, jpeg.length / 2);

        // Then
        assertThat(JpegPicture.isWhole(jpeg)).isTrue();
        assertThat(JpegPicture.isWhole(cut)).isFalse();
        assertThat(JpegPicture.isWhole(new byte[0])).isFalse();
        assertThat(JpegPicture.isWhole(new byte[100])).isFalse();
    }
}
