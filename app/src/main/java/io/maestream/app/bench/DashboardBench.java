package io.maestream.app.bench;

import io.maestream.mae.StepResult;
import io.maestream.schemas.observe.FanOut;
import io.maestream.trainer.Progress;
import io.maestream.trainer.dashboard.Dashboard;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How much open pages slow training: real steps, told to a dashboard, in blocks with pages and
 * without in turn. The pages read in this process too, so their share of the processor counts.
 */
public final class DashboardBench {
    private final StepBench steps;
    private final Dashboard dashboard;
    private final TrainingObserver observers;
    private final int images;
    private Progress progress = Progress.NONE;

    /** Steps of this model, told to this dashboard. */
    public DashboardBench(StepBench steps, Dashboard dashboard, int images) {
        this.steps = steps;
        this.dashboard = dashboard;
        this.observers = FanOut.of(TrainingObserver.class, dashboard.observers());
        this.images = images;
        observers.started("bench", Optional.empty());
    }

    /** Measures pairs of blocks of so many steps; which of a pair comes first changes. */
    public DashboardReport measure(int pages, int pairs, int block) throws IOException {
        List<Double> ratios = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        double bytes = 0;
        double seconds = 0;
        for (int pair = 0; pair < pairs; pair++) {
            List<Double> bare = pair % 2 == 0 ? time(block) : List.of();
            List<Double> watched;
            try (OpenPages open = new OpenPages(URI.create(dashboard.url()), pages)) {
                watched = time(block);
                bytes += open.bytes();
            }
            bare = bare.isEmpty() ? time(block) : bare;
            seconds += sum(watched) / 1e3;
            ratios.add(sum(watched) / sum(bare));
            without.addAll(bare);
        }
        return new DashboardReport(pages, new Series(ratios), new Series(without), bytes / seconds);
    }

    private List<Double> time(int block) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < block; i++) {
            long began = System.nanoTime();
            double step = steps.time(1).get(0);
            tell(step);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return millis;
    }

    private void tell(double millis) {
        progress = progress.after(true, images);
        observers.stepped(
                new StepReport(
                        progress,
                        new StepResult(0.5f, 1, new float[images], true),
                        Collections.nCopies(images, "bench"),
                        1e-4,
                        new StepReport.Timing(
                                Duration.ofNanos((long) (millis * 1e6)), Duration.ZERO),
                        0,
                        0));
    }

    private static double sum(List<Double> millis) {
        return millis.stream().mapToDouble(Double::doubleValue).sum();
    }
}
