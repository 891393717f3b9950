package io.maestream.trainer.trigger.detect;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * When a camera counts as drifted.
 *
 * @param threshold evidence that is needed, Page-Hinkley's λ, in deviations; 0 watches no camera
 * @param allowance deviations above the ordinary that are no evidence, Page-Hinkley's δ
 * @param minRise relative rise of the loss below which it is no drift, however certain
 * @param memory how what is ordinary is learned
 * @param pace how often a request may leave
 */
public record DriftSettings(
        double threshold, double allowance, double minRise, Memory memory, Pace pace) {

    static final String THRESHOLD = "trigger.drift.threshold";
    static final String ALLOWANCE = "trigger.drift.allowance";
    static final String MIN_RISE = "trigger.drift.min.rise";
    static final String WARMUP = "trigger.drift.warmup.steps";
    static final String WINDOW = "trigger.drift.window.steps";
    static final String COOLDOWN = "trigger.drift.cooldown.steps";
    static final String SPACING = "trigger.drift.spacing.steps";
    static final String MAX_SOURCES = "trigger.drift.max.sources";

    private static final int MOST_STEPS = 1_000_000;

    /**
     * @param warmup steps with the camera that are only learned from
     * @param window steps with the camera over which mean and deviation are taken
     */
    public record Memory(int warmup, int window) {}

    /**
     * @param cooldown steps of the run after a request in which its camera causes no other
     * @param spacing steps of the run between two requests for drift, of whatever camera
     * @param maxSources cameras that are watched in one run
     */
    public record Pace(int cooldown, int spacing, int maxSources) {}

    /** The defaults of {@link #definition()}. */
    public static DriftSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return definePace(defineMemory(new ConfigDef()))
                .define(
                        THRESHOLD,
                        DOUBLE,
                        30.0,
                        between(0, 1e6),
                        HIGH,
                        "Evidence that a camera's loss has risen before a checkpoint is asked for,"
                                + " in deviations of that loss; less is earlier and more often in"
                                + " error. 0 watches no camera.")
                .define(
                        ALLOWANCE,
                        DOUBLE,
                        1.25,
                        between(0, 100),
                        LOW,
                        "Deviations above its mean that a camera's loss may have without being"
                                + " evidence.")
                .define(
                        MIN_RISE,
                        DOUBLE,
                        0.1,
                        between(0, 100),
                        MEDIUM,
                        "Share by which a camera's loss must have risen, however certain the rise"
                                + " is.");
    }

    private static ConfigDef defineMemory(ConfigDef keys) {
        return keys.define(
                        WARMUP,
                        INT,
                        30,
                        between(2, MOST_STEPS),
                        LOW,
                        "Steps with a camera from which its ordinary loss is first learned.")
                .define(
                        WINDOW,
                        INT,
                        200,
                        between(2, MOST_STEPS),
                        MEDIUM,
                        "Steps with a camera over which the mean and the deviation of its loss are"
                                + " taken; what changes more slowly is no drift.");
    }

    private static ConfigDef definePace(ConfigDef keys) {
        return keys.define(
                        COOLDOWN,
                        INT,
                        200,
                        between(0, MOST_STEPS),
                        MEDIUM,
                        "Steps after a request in which the same camera causes no other.")
                .define(
                        SPACING,
                        INT,
                        25,
                        between(0, MOST_STEPS),
                        LOW,
                        "Steps between two requests for drift; cameras that drift in between share"
                                + " the next one.")
                .define(
                        MAX_SOURCES,
                        INT,
                        1000,
                        between(1, MOST_STEPS),
                        LOW,
                        "Cameras that are watched in one run; further ones are not, and the log"
                                + " says so.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static DriftSettings from(Map<String, ?> parsed) {
        return new DriftSettings(
                (double) parsed.get(THRESHOLD),
                (double) parsed.get(ALLOWANCE),
                (double) parsed.get(MIN_RISE),
                new Memory((int) parsed.get(WARMUP), (int) parsed.get(WINDOW)),
                new Pace(
                        (int) parsed.get(COOLDOWN),
                        (int) parsed.get(SPACING),
                        (int) parsed.get(MAX_SOURCES)));
    }

    /** Whether cameras are watched at all. */
    public boolean isOn() {
        return threshold > 0;
    }
}
