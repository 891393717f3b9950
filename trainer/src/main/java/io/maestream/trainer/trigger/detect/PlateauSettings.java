package io.maestream.trainer.trigger.detect;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * When a run counts as no longer getting better.
 *
 * @param window steps whose mean loss is compared; 0 looks for no plateau
 * @param patience windows in a row without an improvement
 * @param minImprovement relative fall of the loss that is one
 */
public record PlateauSettings(int window, int patience, double minImprovement) {

    static final String WINDOW = "trigger.plateau.window.steps";
    static final String PATIENCE = "trigger.plateau.patience.windows";
    static final String MIN_IMPROVEMENT = "trigger.plateau.min.improvement";

    private static final int MOST_STEPS = 10_000_000;

    /** The defaults of {@link #definition()}. */
    public static PlateauSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        WINDOW,
                        INT,
                        200,
                        between(0, MOST_STEPS),
                        MEDIUM,
                        "Steps whose mean loss is compared to find a plateau; 0 looks for none.")
                .define(
                        PATIENCE,
                        INT,
                        3,
                        between(1, 10_000),
                        MEDIUM,
                        "Windows in a row without an improvement that make a plateau.")
                .define(
                        MIN_IMPROVEMENT,
                        DOUBLE,
                        0.01,
                        between(0, 0.99),
                        LOW,
                        "Share by which a window's loss must be below the best one to be an"
                                + " improvement.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static PlateauSettings from(Map<String, ?> parsed) {
        return new PlateauSettings(
                (int) parsed.get(WINDOW),
                (int) parsed.get(PATIENCE),
                (double) parsed.get(MIN_IMPROVEMENT));
    }
}
