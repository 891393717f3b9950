package io.maestream.trainer.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.maestream.mae.AdamWSettings;
import io.maestream.mae.schedule.LearningRateSchedule;
import io.maestream.mae.schedule.WarmupConstant;
import io.maestream.mae.schedule.WarmupCosine;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The keys {@code train.*}: batch, schedule, optimizer and precision. */
final class TrainKeys {

    static final String BATCH_SIZE = "train.batch.size";
    static final String MICRO_BATCH = "train.micro.batch";
    static final String LEARNING_RATE = "train.learning.rate";
    static final String SCHEDULE = "train.schedule";
    static final String WARMUP_STEPS = "train.warmup.steps";
    static final String TOTAL_STEPS = "train.total.steps";
    static final String WEIGHT_DECAY = "train.weight.decay";
    static final String CLIP_NORM = "train.clip.norm";
    static final String PRECISION = "train.precision";
    static final String MAX_SKIPPED = "train.max.skipped.steps";
    static final String MAX_STEPS = "train.max.steps";
    static final String EMA_DECAY = "train.ema.decay";
    static final String ADOPT = "train.adopt";

    private TrainKeys() {}

    static ConfigDef define(ConfigDef keys) {
        defineSchedule(keys);
        defineOptimizer(keys);
        defineRecovery(keys);
        defineBatch(keys);
        return keys.define(
                        PRECISION,
                        STRING,
                        "auto",
                        in("auto", "fp32", "bf16"),
                        MEDIUM,
                        "Arithmetic of the matrix products; auto measures both at the start.")
                .define(
                        MAX_SKIPPED,
                        INT,
                        10,
                        between(1, 1_000_000),
                        LOW,
                        "Steps in a row whose loss is not finite before the run goes back to its"
                                + " last committed checkpoint.")
                .define(
                        MAX_STEPS,
                        LONG,
                        0L,
                        atLeast(0),
                        LOW,
                        "Stop cleanly when the run has made this many steps; 0 goes on for ever.");
    }

    private static void defineRecovery(ConfigDef keys) {
        keys.define(
                ADOPT,
                BOOLEAN,
                false,
                LOW,
                "Where the run has checkpoints but no event, verify the newest, publish it as the"
                        + " first event, and go on from it, instead of refusing to start.");
    }

    private static void defineBatch(ConfigDef keys) {
        keys.define(BATCH_SIZE, INT, 32, between(1, 65_536), HIGH, "Images in a train step.")
                .define(
                        MICRO_BATCH,
                        INT,
                        0,
                        between(0, 65_536),
                        LOW,
                        "Most images computed at once by each of a step's lanes (two on a CPU, one on"
                                + " a GPU), where a whole batch does not fit into memory; their"
                                + " gradients are summed. 0 for no limit.");
    }

    private static void defineOptimizer(ConfigDef keys) {
        keys.define(
                        WEIGHT_DECAY,
                        DOUBLE,
                        0.05,
                        between(0, 10),
                        MEDIUM,
                        "AdamW's decoupled weight decay; biases and norms have none.")
                .define(
                        CLIP_NORM,
                        DOUBLE,
                        1.0,
                        atLeast(0),
                        MEDIUM,
                        "Gradients are scaled to at most this global L2 norm; 0 switches it off.")
                .define(
                        EMA_DECAY,
                        DOUBLE,
                        0.0,
                        between(0, 0.999999),
                        MEDIUM,
                        "Decay of an exponential moving average of the weights, a file of its own"
                                + " in every checkpoint; 0 keeps none. 0.999 is usual.");
    }

    private static void defineSchedule(ConfigDef keys) {
        keys.define(
                        LEARNING_RATE,
                        DOUBLE,
                        1e-3,
                        between(0, 10),
                        HIGH,
                        "Learning rate after warm-up. The paper's rule is 1.5e-4 times batch / 256.")
                .define(
                        SCHEDULE,
                        STRING,
                        "constant",
                        in("constant", "cosine"),
                        MEDIUM,
                        "constant: warm up, then hold, for streams without an end. cosine: warm"
                                + " up, then half a cosine down to zero at train.total.steps.");
        defineSteps(keys);
    }

    private static void defineSteps(ConfigDef keys) {
        keys.define(
                        WARMUP_STEPS,
                        LONG,
                        100L,
                        atLeast(0),
                        MEDIUM,
                        "Steps in which the learning rate rises linearly from zero.")
                .define(
                        TOTAL_STEPS,
                        LONG,
                        0L,
                        atLeast(0),
                        LOW,
                        "Length of the cosine schedule in steps, above train.warmup.steps; needed with"
                                + " train.schedule=cosine, else not used.");
    }

    static AdamWSettings optimizer(Map<String, ?> values) {
        AdamWSettings paper = AdamWSettings.paper();
        return new AdamWSettings(
                paper.beta1(),
                paper.beta2(),
                paper.epsilon(),
                (double) values.get(WEIGHT_DECAY),
                (double) values.get(CLIP_NORM));
    }

    static LearningRateSchedule schedule(Map<String, ?> values) {
        double peak = (double) values.get(LEARNING_RATE);
        long warmup = (long) values.get(WARMUP_STEPS);
        if ("constant".equals(values.get(SCHEDULE))) {
            return new WarmupConstant(peak, warmup);
        }
        long total = (long) values.get(TOTAL_STEPS);
        if (total <= warmup) {
            throw new ConfigException(
                    TOTAL_STEPS,
                    total,
                    "train.schedule=cosine needs more steps than train.warmup.steps=" + warmup);
        }
        return new WarmupCosine(peak, 0, warmup, total);
    }
}
