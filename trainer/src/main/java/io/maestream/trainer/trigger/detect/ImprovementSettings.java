package io.maestream.trainer.trigger.detect;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * When a run is so much better than its last checkpoint that another is worth it.
 *
 * @param share relative fall of the loss; 0 looks for none
 * @param spacing least steps since that checkpoint, and since the last request
 */
public record ImprovementSettings(double share, int spacing) {

    static final String SHARE = "trigger.improvement.share";
    static final String SPACING = "trigger.improvement.spacing.steps";

    /** The defaults of {@link #definition()}. */
    public static ImprovementSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        SHARE,
                        DOUBLE,
                        0.2,
                        between(0, 0.99),
                        MEDIUM,
                        "Share by which the loss must have fallen since the last committed"
                                + " checkpoint for another to be asked for; 0 asks for none.")
                .define(
                        SPACING,
                        INT,
                        500,
                        between(1, 100_000_000),
                        LOW,
                        "Least steps between such a request and whatever checkpoint or request"
                                + " came before.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static ImprovementSettings from(Map<String, ?> parsed) {
        return new ImprovementSettings((double) parsed.get(SHARE), (int) parsed.get(SPACING));
    }

    /**
     * Whether a fall between these losses is one.
     *
     * @param before the checkpoint's loss, NaN if it has none
     * @param now the run's, smoothed
     * @param steps since the checkpoint or the last request
     */
    public boolean isReached(double before, double now, long steps) {
        // No loss compares with NaN.
        return share > 0 && steps >= spacing && now <= before * (1 - share);
    }
}
