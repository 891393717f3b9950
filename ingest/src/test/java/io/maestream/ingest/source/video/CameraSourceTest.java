package io.maestream.ingest.source.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.ingest.source.Backoff;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.SourceObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CameraSourceTest {

    private static final Instant START = Instant.ofEpochSecond(1000);

    private final List<String> events = new ArrayList<>();
    private final Deque<FrameStream> streams = new ArrayDeque<>();
    private final Clock clock = new Clock();

    /** Time that passes by frames and by waiting. */
    private final class Clock implements Pacer {
        private Instant now = START;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public boolean await(Instant due) {
            events.add("wait " + Duration.between(now, due).toMillis());
            now = due;
            return true;
        }

        @Override
        public void close() {
            events.add("pacer closed");
        }
    }

    private final SourceObserver observer =
            new SourceObserver() {
                @Override
                public void connected(String sourceId) {
                    events.add("connected");
                }

                @Override
                public void retrying(String sourceId, String reason, Duration delay) {
                    events.add(reason);
                }

                @Override
                public void gap(String sourceId, Instant from, Instant to) {
                    events.add("gap " + Duration.between(from, to).toMillis());
                }
            };

    /** So many frames, 100 ms apart, then a failure. */
    private final class Script implements FrameStream {
        private final int frames;
        private int frame = -1;

        Script(int frames) {
            this.frames = frames;
        }

        @Override
        public boolean next() throws IOException {
            if (++frame >= frames) {
                throw new IOException("broke");
            }
            clock.now = clock.now.plusMillis(100);
            return true;
        }

        @Override
        public OptionalLong micros() {
            return OptionalLong.of(frame * 100_000L);
        }

        @Override
        public byte[] jpeg() {
            return new byte[] {(byte) frame};
        }

        @Override
        public void interrupt() {
            events.add("interrupted");
        }

        @Override
        public void close() {
            events.add("stream closed");
        }
    }

    @Test
    void shouldConnectAnewAndReportTheGapWhenTheStreamBreaks() throws Exception {
        // Given two frames, a camera that fails twice, and two frames more
        CameraSource source = camera(0, 2, 0, 0, 2);

        // When
        List<SourceImage> images = take(source, 4);

        // Then
        assertThat(images).extracting(SourceImage::sequence).containsExactly(0L, 1L, 2L, 3L);
        assertThat(images).extracting(SourceImage::capturedAt).isSorted().doesNotHaveDuplicates();
        assertThat(images).extracting(SourceImage::imageId).doesNotHaveDuplicates();
        assertThat(events)
                .containsExactly(
                        "connected",
                        "stream closed",
                        "broke",
                        "wait 500",
                        "stream closed",
                        "broke",
                        "wait 1000",
                        "stream closed",
                        "broke",
                        "wait 2000",
                        "connected",
                        "gap 3600");
    }

    @Test
    void shouldTakeNoMoreThanTheCapWhenTheCameraIsFaster() throws Exception {
        // Given ten frames per second and a cap of two
        CameraSource source = camera(2, 21);

        // When
        List<SourceImage> images = take(source, 5);

        // Then
        assertThat(images)
                .extracting(image -> Duration.between(START, image.capturedAt()).toMillis())
                .containsExactly(100L, 600L, 1100L, 1600L, 2100L);
    }

    @Test
    void shouldInterruptAndFreeWhenItIsClosed() throws Exception {
        // Given
        CameraSource source = camera(0, 5);
        source.next();

        // When
        source.close();
        source.close();

        // Then
        assertThat(source.next()).isEmpty();
        assertThat(events)
                .containsExactly(
                        "connected",
                        "pacer closed",
                        "interrupted",
                        "stream closed",
                        "pacer closed");
    }

    private CameraSource camera(double cap, int... frames) {
        for (int count : frames) {
            streams.add(new Script(count));
        }
        return new CameraSource(
                "front",
                "rtsp://host/front",
                streams::poll,
                cap,
                new CameraSource.Parts(clock, Backoff.USUAL, () -> 1, observer));
    }

    private static List<SourceImage> take(CameraSource source, int count) throws Exception {
        List<SourceImage> images = new ArrayList<>();
        while (images.size() < count) {
            images.add(source.next().orElseThrow());
        }
        return images;
    }
}
