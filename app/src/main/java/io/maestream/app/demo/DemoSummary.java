package io.maestream.app.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a session came to.
 *
 * @param totals steps, images and losses
 * @param checkpoints how many were committed
 * @param dataDir where everything lies
 */
public record DemoSummary(StepStatistics.Totals totals, long checkpoints, Path dataDir) {
    /** For a person, a few lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "This session: %d steps, %d images, checkpoints committed: %d%s",
                        totals.steps(),
                        totals.images(),
                        checkpoints,
                        totals.skipped() == 0 ? "" : ", steps skipped: " + totals.skipped()));
        totals.lastLoss().ifPresent(last -> lines.add(loss(last)));
        lines.add(
                "Everything lies in "
                        + dataDir.toAbsolutePath().normalize()
                        + "; the same command goes on from the last checkpoint");
        return lines;
    }

    /** First and last steps are compared only where they are different ones. */
    private String loss(double last) {
        int window = StepStatistics.WINDOW;
        if (totals.steps() < 2 * window) {
            return String.format(
                    Locale.ROOT,
                    "Loss: %.4f over the last %d steps",
                    last,
                    Math.min(window, totals.steps()));
        }
        double first = totals.firstLoss().orElseThrow();
        return String.format(
                Locale.ROOT,
                "Loss: %.4f over the first %d steps, %.4f over the last %d; ratio %.2f",
                first,
                window,
                last,
                window,
                last / first);
    }
}
