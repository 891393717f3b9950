package io.maestream.ingest.source;

import io.maestream.ingest.codec.CodecException;
import io.maestream.ingest.codec.Picture;
import io.maestream.ingest.source.scene.SceneRenderer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cameras {@code camera-1} to {@code camera-N}, each on a scene of its own, that deliver JPEG
 * frames in turn at a frame rate, and are turned to other scenes if so told. The same seed and
 * frame number give the same bytes. A reader that is too slow gets every frame all the same, later.
 */
public final class SimulatedCameraSource implements ImageSource {

    private static final int JPEG_QUALITY = 92;

    private final SimulationSettings settings;
    private final Pacer pacer;
    private final List<Camera> cameras = new ArrayList<>();
    private volatile boolean closed;
    private Instant started;
    private long taken;

    /** Cameras that begin with the first call of {@link #next()}; the source owns the pacer. */
    public SimulatedCameraSource(SimulationSettings settings, Pacer pacer) {
        this.settings = settings;
        this.pacer = pacer;
        for (int camera = 0; camera < settings.cameras(); camera++) {
            cameras.add(new Camera(camera, settings.scenesBefore(camera, settings.firstFrame())));
        }
    }

    @Override
    public Optional<SourceImage> next() throws IOException, InterruptedException {
        long round = taken / cameras.size();
        if (closed || settings.frames() > 0 && round >= settings.frames()) {
            return Optional.empty();
        }
        if (started == null) {
            started = pacer.now();
        }
        Instant due = started.plus(Duration.ofNanos(Math.round(settings.secondsAt(round) * 1e9)));
        if (settings.framesPerSecond() > 0 && !pacer.await(due)) {
            return Optional.empty();
        }
        int camera = (int) (taken % cameras.size());
        taken++;
        return Optional.of(frame(camera, settings.firstFrame() + round, due));
    }

    @Override
    public void close() {
        closed = true;
        pacer.close();
    }

    private SourceImage frame(int camera, long number, Instant capturedAt) throws IOException {
        byte[] pixels = cameras.get(camera).render(number);
        String sourceId = "camera-" + (camera + 1);
        try (Picture picture = Picture.of(pixels, settings.width(), settings.height())) {
            byte[] jpeg = picture.jpeg(JPEG_QUALITY);
            return new SourceImage(
                    sourceId,
                    "frame-" + number,
                    number,
                    capturedAt,
                    jpeg,
                    jpeg.length,
                    "simulated:" + sourceId + "/" + number);
        } catch (CodecException e) {
            throw new IOException("simulated frame could not be encoded: " + e.getMessage(), e);
        }
    }

    /** A camera and what it is turned to. */
    private final class Camera {

        private final int index;
        private long scene;
        private SceneRenderer renderer;

        Camera(int index, long scene) {
            this.index = index;
            turnTo(scene);
        }

        byte[] render(long number) {
            long due = settings.scenesBefore(index, number);
            if (due != scene) {
                turnTo(due);
            }
            return renderer.render(number, settings.secondsAt(number));
        }

        /** Scenes are numbered on from those that the cameras begin with; kinds change in turn. */
        private void turnTo(long other) {
            scene = other;
            int cameras = settings.cameras();
            long stride = cameras % SceneRenderer.KINDS == 0 ? cameras + 1 : cameras;
            int number = (int) (1 + (index + other * stride) % Integer.MAX_VALUE);
            renderer =
                    new SceneRenderer(number, settings.seed(), settings.width(), settings.height());
        }
    }
}
