package io.maestream.app.demo;

import io.maestream.schemas.StepMetrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the steps of this session amount to: means over the last {@value #WINDOW} steps, and over
 * the first as many. Skipped steps count as such and not in the losses.
 */
public final class StepStatistics {
    static final int WINDOW = 20;

    private final List<Double> firstLosses = new ArrayList<>();
    private final Deque<StepMetrics> recent = new ArrayDeque<>();
    private long steps;
    private long images;
    private long skipped;

    /** Takes a step in. */
    public synchronized void add(StepMetrics step) {
        if (step.getSkipped()) {
            skipped++;
            return;
        }
        steps++;
        images += step.getBatchSize();
        if (firstLosses.size() < WINDOW) {
            firstLosses.add((double) step.getLoss());
        }
        recent.addLast(step);
        if (recent.size() > WINDOW) {
            recent.removeFirst();
        }
    }

    /** The state of training, or empty before the first step. */
    public synchronized Optional<TrainingState> state() {
        if (recent.isEmpty()) {
            return Optional.empty();
        }
        StepMetrics last = recent.getLast();
        double millis = recent.stream().mapToDouble(StepStatistics::totalMillis).sum();
        double wait = recent.stream().mapToDouble(StepMetrics::getDataWaitMillis).sum();
        long batch = recent.stream().mapToLong(StepMetrics::getBatchSize).sum();
        return Optional.of(
                new TrainingState(
                        last.getStep(),
                        last.getImagesSeen(),
                        millis > 0 ? 1000 * batch / millis : 0,
                        lastLoss().orElse(Double.NaN),
                        last.getLearningRate(),
                        millis > 0 ? wait / millis : 0,
                        last.getLag()));
    }

    /** What this session did, all in all. */
    public synchronized Totals totals() {
        OptionalDouble first = firstLosses.stream().mapToDouble(Double::doubleValue).average();
        return new Totals(steps, images, skipped, first, lastLoss());
    }

    private OptionalDouble lastLoss() {
        return recent.stream().mapToDouble(StepMetrics::getLoss).average();
    }

    private static double totalMillis(StepMetrics step) {
        return step.getStepMillis() + step.getDataWaitMillis();
    }

    /**
     * The sum of a session.
     *
     * @param steps steps applied
     * @param images images trained on
     * @param skipped steps left out because they were not finite
     * @param firstLoss mean loss of the first steps
     * @param lastLoss mean loss of the last steps
     */
    public record Totals(
            long steps,
            long images,
            long skipped,
            OptionalDouble firstLoss,
            OptionalDouble lastLoss) {}
}
