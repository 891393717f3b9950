package io.maestream.ingest.source.video;

import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The frames of a video file as JPEG. A frame's capture time is the file's last modification plus
 * its time in the video, as a recording begins at its file's; the same file gives the same images.
 */
public final class VideoFileSource implements ImageSource {

    private final Path file;
    private final String sourceId;
    private final Instant began;
    private final FrameStream stream;
    private final FrameRateCap cap;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;
    private boolean freed;
    private long frame;
    private long sequence;

    /**
     * @param file a video in a container that FFmpeg reads
     * @param maxFramesPerSecond of the video's own time; 0 for every frame
     * @throws IOException if there is no such file
     */
    public VideoFileSource(Path file, String sourceId, double maxFramesPerSecond)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "is no video file");
        }
        this.file = file;
        this.sourceId = sourceId;
        this.began = Files.getLastModifiedTime(file).toInstant();
        this.stream = new FfmpegStream(FfmpegInput.file(file));
        this.cap = new FrameRateCap(maxFramesPerSecond);
    }

    @Override
    public Optional<SourceImage> next() throws IOException {
        reading.lock();
        try {
            while (!closed && stream.next()) {
                long number = frame++;
                Instant at = began.plus(stream.micros().orElse(number), ChronoUnit.MICROS);
                if (cap.take(at)) {
                    return Optional.of(image(number, at));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            if (closed) {
                return Optional.empty();
            }
            throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        stream.interrupt();
        reading.lock();
        try {
            if (!freed) {
                freed = true;
                stream.close();
            }
        } finally {
            reading.unlock();
        }
    }

    private SourceImage image(long number, Instant at) throws IOException {
        byte[] jpeg = stream.jpeg();
        return new SourceImage(
                sourceId,
                "frame-" + number,
                sequence++,
                at,
                jpeg,
                jpeg.length,
                file + "#" + number);
    }
}
