package io.maestream.trainer.report;

import io.maestream.mae.ImageBatch;
import io.maestream.mae.Reconstruction;
import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.checkpoint.Releases;
import io.maestream.trainer.feed.TrainingBatch;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws a reconstruction panel of the batch at hand, now and then and for every checkpoint. */
public final class Panels implements TrainingObserver {

    private static final int MAX_ROWS = 4;

    private final PanelPainter painter = new PanelPainter();
    private final Duration every;
    private final Clock clock;
    private Instant last;
    private Optional<String> wantedFor = Optional.empty();
    private Optional<ImageBatch> recent = Optional.empty();
    private ByteBuffer room = ByteBuffer.allocateDirect(0);

    /**
     * @param every time between panels; zero draws them for checkpoints only
     */
    public Panels(Duration every, Clock clock) {
        this.every = every;
        this.clock = clock;
        this.last = clock.instant();
    }

    /** A committed checkpoint wants a panel after the next step, whatever the time. */
    @Override
    public void committed(CheckpointCommitted event) {
        // A release has other weights than the step that would draw it.
        if (!Releases.isRelease(event)) {
            wantedFor = Optional.of(event.getCheckpointId());
        }
    }

    /** A panel if one is due. */
    public Optional<PanelSample> after(TrainStep step, TrainingBatch batch) {
        Instant now = clock.instant();
        List<Integer> rows = rows(batch.sourceIds());
        recent = Optional.of(select(batch.images(), rows));
        Duration since = Duration.between(last, now);
        // Negative: the clock was set back.
        boolean timeIsUp = !every.isZero() && (since.isNegative() || since.compareTo(every) >= 0);
        if (wantedFor.isEmpty() && !timeIsUp) {
            return Optional.empty();
        }
        last = now;
        Optional<String> checkpoint = wantedFor;
        wantedFor = Optional.empty();
        return Optional.of(draw(step, batch, rows, checkpoint));
    }

    /** A copy of a few images of the newest batch. */
    public Optional<ImageBatch> recent() {
        return recent.map(Panels::copy);
    }

    private static ImageBatch copy(ImageBatch images) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(images.pixels().remaining());
        pixels.put(images.pixels().duplicate()).flip();
        return new ImageBatch(pixels, images.size(), images.maskSeeds());
    }

    private PanelSample draw(
            TrainStep step, TrainingBatch batch, List<Integer> rows, Optional<String> checkpoint) {
        Reconstruction sample = step.reconstruct(recent.orElseThrow());
        List<String> sources = rows.stream().map(batch.sourceIds()::get).toList();
        return new PanelSample(
                step.step(), checkpoint, sources, sample.loss(), painter.png(sample));
    }

    /** The first image of each source, then others, up to the number of rows. */
    static List<Integer> rows(List<String> sourceIds) {
        List<Integer> rows = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < sourceIds.size() && rows.size() < MAX_ROWS; i++) {
            if (!shown.contains(sourceIds.get(i))) {
                shown.add(sourceIds.get(i));
                rows.add(i);
            }
        }
        for (int i = 0; i < sourceIds.size() && rows.size() < MAX_ROWS; i++) {
            if (!rows.contains(i)) {
                rows.add(i);
            }
        }
        return rows;
    }

    /** Into the same memory at every step: a step's own is used again after it. */
    private ImageBatch select(ImageBatch images, List<Integer> rows) {
        int bytes = images.pixels().remaining() / images.size();
        if (room.capacity() < rows.size() * bytes) {
            room = ByteBuffer.allocateDirect(rows.size() * bytes);
        }
        ByteBuffer pixels = room.slice(0, rows.size() * bytes);
        long[] seeds = new long[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            pixels.put(i * bytes, images.pixels(), rows.get(i) * bytes, bytes);
            seeds[i] = images.maskSeeds()[rows.get(i)];
        }
        return new ImageBatch(pixels, rows.size(), seeds);
    }
}
