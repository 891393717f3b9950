package io.maestream.trainer.config;

import io.maestream.mae.AdamWSettings;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.MaeShape;
import io.maestream.mae.Objective;
import io.maestream.mae.Precision;
import io.maestream.mae.schedule.LearningRateSchedule;
import io.maestream.trainer.checkpoint.CheckpointSettings;
import io.maestream.trainer.feed.FeedSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Everything that a trainer is told.
 *
 * @param run which run, and its seed
 * @param model shape and objective
 * @param training how it learns
 * @param feed how batches are made
 * @param checkpoints when, where and how long
 */
public record TrainerSettings(
        Run run,
        Model model,
        Training training,
        FeedSettings feed,
        CheckpointSettings checkpoints) {

    /**
     * @param id name of the run
     * @param seed root of all randomness
     * @param maxSteps stop at this step; 0 for never
     * @param panelEvery time between reconstruction panels; zero for at checkpoints only
     * @param adopt whether a run without events goes on from the newest checkpoint that it finds
     */
    public record Run(String id, long seed, long maxSteps, Duration panelEvery, boolean adopt) {}

    /** What is learned: the shape of the model, and its objective. */
    public record Model(MaeShape shape, Objective objective) {}

    /**
     * @param batchSize images in a step
     * @param microBatch most images at once, 0 for no limit
     * @param optimizer AdamW's settings
     * @param schedule learning rate by step
     * @param precision fixed precision, or nothing to measure at the start
     * @param maxSkippedSteps steps in a row that are not finite before the run goes back
     * @param emaDecay of the average of the weights; 0 keeps none
     */
    public record Training(
            int batchSize,
            int microBatch,
            AdamWSettings optimizer,
            LearningRateSchedule schedule,
            Optional<Precision> precision,
            int maxSkippedSteps,
            double emaDecay) {}

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return StreamKeys.define(
                ReleaseKeys.define(
                        TrainKeys.define(ModelKeys.define(RunKeys.define(new ConfigDef())))));
    }

    /**
     * From values that {@link #definition()} has parsed.
     *
     * @throws org.apache.kafka.common.config.ConfigException if values do not fit each other
     * @throws IllegalArgumentException likewise, from the records
     */
    public static TrainerSettings from(Map<String, ?> values) {
        Run run =
                new Run(
                        (String) values.get(RunKeys.RUN_ID),
                        (long) values.get(RunKeys.RUN_SEED),
                        (long) values.get(TrainKeys.MAX_STEPS),
                        Duration.ofSeconds((long) values.get(RunKeys.PANEL_SECONDS)),
                        (boolean) values.get(TrainKeys.ADOPT));
        Training training =
                new Training(
                        (int) values.get(TrainKeys.BATCH_SIZE),
                        (int) values.get(TrainKeys.MICRO_BATCH),
                        TrainKeys.optimizer(values),
                        TrainKeys.schedule(values),
                        precision((String) values.get(TrainKeys.PRECISION)),
                        (int) values.get(TrainKeys.MAX_SKIPPED),
                        (double) values.get(TrainKeys.EMA_DECAY));
        return new TrainerSettings(
                run,
                new Model(ModelKeys.shape(values), ModelKeys.objective(values)),
                training,
                RunKeys.feed(values),
                RunKeys.checkpoints(values));
    }

    /** The same, but stopping at a step. */
    public TrainerSettings until(long step) {
        Run bounded = new Run(run.id(), run.seed(), step, run.panelEvery(), run.adopt());
        return new TrainerSettings(bounded, model, training, feed, checkpoints);
    }

    /** The same, under another run's name. */
    public TrainerSettings named(String runId) {
        Run renamed = new Run(runId, run.seed(), run.maxSteps(), run.panelEvery(), run.adopt());
        return new TrainerSettings(renamed, model, training, feed, checkpoints);
    }

    /** The same, at a fixed precision. */
    public TrainerSettings at(Precision precision) {
        Training fixed =
                new Training(
                        training.batchSize(),
                        training.microBatch(),
                        training.optimizer(),
                        training.schedule(),
                        Optional.of(precision),
                        training.maxSkippedSteps(),
                        training.emaDecay());
        return new TrainerSettings(run, model, fixed, feed, checkpoints);
    }

    /** The same, with a checkpoint after so many steps. */
    public TrainerSettings withCheckpointEvery(int steps) {
        CheckpointSettings often =
                new CheckpointSettings(
                        (long) steps * training.batchSize(),
                        checkpoints.every(),
                        checkpoints.retention(),
                        checkpoints.release());
        return new TrainerSettings(run, model, training, feed, often);
    }

    /** The model's own settings at a chosen precision. */
    public MaeSettings mae(Precision precision) {
        return new MaeSettings(
                model.shape(),
                model.objective(),
                training.optimizer(),
                precision,
                run.seed(),
                training.emaDecay());
    }

    /** SHA-256 of what decides the weights, lower-case hexadecimal. */
    public String digest() {
        String batches =
                "%d %d %s %s"
                        .formatted(
                                feed.bufferCapacity(),
                                feed.bufferStart(),
                                feed.augmentation(),
                                feed.memory());
        String canonical = String.join("\n", "" + run.seed(), "" + model, "" + training, batches);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha256.digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Optional<Precision> precision(String name) {
        return "auto".equals(name)
                ? Optional.empty()
                : Optional.of(Precision.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}
