package io.maestream.trainer.report;

import io.maestream.mae.ImageBatch;
import io.maestream.mae.Reconstruction;
import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
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
        wantedFor = Optional.of(event.getCheckpointId());
    }

    /** A panel if one is due. */
    public Optional<PanelSample> after(TrainStep step, TrainingBatch batch) {
        Instant now = clock.instant();
        Duration since = Duration.between(last, now);
        // Negative: the clock was set back.
        boolean timeIsUp = !every.isZero() && (since.isNegative() || since.compareTo(every) >= 0);
        if (wantedFor.isEmpty() && !timeIsUp) {
            return Optional.empty();
        }
        last = now;
        Optional<String> checkpoint = wantedFor;
        wantedFor = Optional.empty();
        return Optional.of(draw(step, batch, checkpoint));
    }

    private PanelSample draw(TrainStep step, TrainingBatch batch, Optional<String> checkpoint) {
        List<Integer> rows = rows(batch.sourceIds());
        Reconstruction sample = step.reconstruct(select(batch.images(), rows));
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

    private static ImageBatch select(ImageBatch images, List<Integer> rows) {
        int bytes = images.pixels().remaining() / images.size();
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(rows.size() * bytes).order(images.pixels().order());
        long[] seeds = new long[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            pixels.put(i * bytes, images.pixels(), rows.get(i) * bytes, bytes);
            seeds[i] = images.maskSeeds()[rows.get(i)];
        }
        return new ImageBatch(pixels, rows.size(), seeds);
    }
}
