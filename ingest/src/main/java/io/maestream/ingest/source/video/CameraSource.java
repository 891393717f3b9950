package io.maestream.ingest.source.video;

import io.maestream.ingest.source.Backoff;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.SourceObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/**
 * The frames of a camera as JPEG, without end: when the camera goes away, ends its stream or
 * stalls, it is connected anew, and what was missed is reported. A frame's id is its capture time,
 * so that no two of a source have the same, not even after a restart.
 */
public final class CameraSource implements ImageSource {

    private final String sourceId;
    private final String origin;
    private final FrameStream.Opener opener;
    private final Parts parts;
    private final FrameRateCap cap;
    private final CaptureClock clock = new CaptureClock();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;
    private volatile FrameStream stream;
    private boolean connected;
    private int failures;
    private Instant last;
    private long sequence;

    /** What a camera needs from outside. */
    record Parts(Pacer pacer, Backoff backoff, DoubleSupplier random, SourceObserver observer) {}

    /** A camera that connects with the first call of {@link #next()}; it owns the pacer. */
    public CameraSource(
            CameraAddress address,
            String sourceId,
            CameraSettings settings,
            Pacer pacer,
            SourceObserver observer) {
        this(
                sourceId,
                address.toString(),
                () -> new FfmpegStream(FfmpegInput.camera(address, settings)),
                settings.maxFramesPerSecond(),
                new Parts(
                        pacer,
                        Backoff.USUAL,
                        () -> ThreadLocalRandom.current().nextDouble(),
                        observer));
    }

    CameraSource(
            String sourceId,
            String origin,
            FrameStream.Opener opener,
            double maxFramesPerSecond,
            Parts parts) {
        this.sourceId = sourceId;
        this.origin = origin;
        this.opener = opener;
        this.parts = parts;
        this.cap = new FrameRateCap(maxFramesPerSecond);
    }

    @Override
    public Optional<SourceImage> next() throws InterruptedException {
        reading.lockInterruptibly();
        try {
            while (!closed) {
                Optional<SourceImage> frame = tryNext();
                if (frame.isPresent()) {
                    return frame;
                }
            }
            return Optional.empty();
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        parts.pacer().close();
        FrameStream current = stream;
        if (current != null) {
            current.interrupt();
        }
        reading.lock();
        try {
            disconnect();
        } finally {
            reading.unlock();
        }
    }

    /** A frame, or empty if this one was not to be taken or the camera was lost. */
    private Optional<SourceImage> tryNext() throws InterruptedException {
        try {
            if (stream == null) {
                connect();
            }
            if (!stream.next()) {
                throw new IOException("the camera ended its stream");
            }
            return taken();
        } catch (IOException e) {
            disconnect();
            if (!closed) {
                Duration delay = parts.backoff().delay(++failures, parts.random().getAsDouble());
                parts.observer().retrying(sourceId, e.getMessage(), delay);
                parts.pacer().await(parts.pacer().now().plus(delay));
            }
            return Optional.empty();
        }
    }

    private void connect() {
        clock.reconnected();
        connected = false;
        stream = opener.open();
        if (closed) {
            // Closed while it was opened, so nobody else interrupts it.
            stream.interrupt();
        }
    }

    private Optional<SourceImage> taken() throws IOException {
        Instant at = clock.at(parts.pacer().now(), stream.micros());
        if (!connected) {
            connected = true;
            parts.observer().connected(sourceId);
            if (last != null) {
                parts.observer().gap(sourceId, last, at);
            }
        }
        failures = 0;
        last = at;
        if (!cap.take(at)) {
            return Optional.empty();
        }
        byte[] jpeg = stream.jpeg();
        return Optional.of(
                new SourceImage(
                        sourceId, at.toString(), sequence++, at, jpeg, jpeg.length, origin));
    }

    private void disconnect() {
        FrameStream current = stream;
        stream = null;
        if (current != null) {
            current.close();
        }
    }
}
