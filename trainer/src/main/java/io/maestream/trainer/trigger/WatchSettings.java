package io.maestream.trainer.trigger;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import io.maestream.trainer.checkpoint.CheckpointSchedule;
import io.maestream.trainer.trigger.detect.DriftSettings;
import io.maestream.trainer.trigger.detect.ImprovementSettings;
import io.maestream.trainer.trigger.detect.PlateauSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What is watched for.
 *
 * @param drift of single cameras
 * @param plateau of the run's loss
 * @param improvement since the last checkpoint
 * @param interval between checkpoints, besides the trainer's own
 * @param maxAge steps older than this are learned from, but cause no request
 */
public record WatchSettings(
        DriftSettings drift,
        PlateauSettings plateau,
        ImprovementSettings improvement,
        CheckpointSchedule interval,
        Duration maxAge) {

    static final String EVERY_IMAGES = "trigger.every.images";
    static final String EVERY_SECONDS = "trigger.every.seconds";
    static final String MAX_AGE = "trigger.max.age.seconds";

    private static final long FIVE_MINUTES = 300;

    /** The defaults of {@link #definition()}. */
    public static WatchSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        ConfigDef all = defineInterval(new ConfigDef());
        List.of(
                        DriftSettings.definition(),
                        PlateauSettings.definition(),
                        ImprovementSettings.definition())
                .forEach(part -> part.configKeys().values().forEach(all::define));
        return all;
    }

    private static ConfigDef defineInterval(ConfigDef keys) {
        return keys.define(
                        EVERY_IMAGES,
                        LONG,
                        0L,
                        atLeast(0),
                        LOW,
                        "Images after which a checkpoint is asked for, where"
                                + " checkpoint.every.images of the trainer cannot be changed; 0 for"
                                + " never.")
                .define(
                        EVERY_SECONDS,
                        LONG,
                        0L,
                        atLeast(0),
                        LOW,
                        "Seconds after which a checkpoint is asked for if anything was trained,"
                                + " likewise; 0 for never.")
                .define(
                        MAX_AGE,
                        LONG,
                        FIVE_MINUTES,
                        atLeast(1),
                        LOW,
                        "Steps that are older, in seconds, are learned from but cause no request:"
                                + " what is found late is no reason for a checkpoint now.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static WatchSettings from(Map<String, ?> parsed) {
        return new WatchSettings(
                DriftSettings.from(parsed),
                PlateauSettings.from(parsed),
                ImprovementSettings.from(parsed),
                new CheckpointSchedule(
                        (long) parsed.get(EVERY_IMAGES),
                        Duration.ofSeconds((long) parsed.get(EVERY_SECONDS))),
                Duration.ofSeconds((long) parsed.get(MAX_AGE)));
    }
}
