package io.maestream.app.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

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
                        "This session: %d steps, %d images, %d checkpoints committed%s",
                        totals.steps(),
                        totals.images(),
                        checkpoints,
                        totals.skipped() == 0 ? "" : ", " + totals.skipped() + " steps skipped"));
        if (totals.firstLoss().isPresent() && totals.lastLoss().isPresent()) {
            lines.add(loss(totals.firstLoss(), totals.lastLoss()));
        }
        lines.add(
                "Everything lies in "
                        + dataDir.toAbsolutePath().normalize()
                        + "; the same command goes on from the last checkpoint");
        return lines;
    }

    private static String loss(OptionalDouble first, OptionalDouble last) {
        double from = first.orElseThrow();
        double to = last.orElseThrow();
        return String.format(
                Locale.ROOT,
                "Loss: %.4f over the first %d steps, %.4f over the last %d; ratio %.2f",
                from,
                StepStatistics.WINDOW,
                to,
                StepStatistics.WINDOW,
                to / from);
    }
}
