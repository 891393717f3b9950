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

import io.maestream.checkpoints.RetentionPolicy;
import io.maestream.trainer.checkpoint.CheckpointSettings;
import io.maestream.trainer.feed.Augmentation;
import io.maestream.trainer.feed.FeedSettings;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The keys {@code run.*}, {@code feed.*}, {@code checkpoint.*} and {@code panel.*}. */
final class RunKeys {

    static final String RUN_ID = "run.id";
    static final String RUN_SEED = "run.seed";
    static final String BUFFER_IMAGES = "feed.buffer.images";
    static final String BUFFER_START = "feed.buffer.start";
    static final String PREFETCH = "feed.prefetch.batches";
    static final String WORKERS = "feed.workers";
    static final String CROP_MIN_SCALE = "feed.crop.min.scale";
    static final String FLIP = "feed.flip";
    static final String EVERY_IMAGES = "checkpoint.every.images";
    static final String EVERY_SECONDS = "checkpoint.every.seconds";
    static final String KEEP = "checkpoint.keep";
    static final String GRACE_SECONDS = "checkpoint.grace.seconds";
    static final String PANEL_SECONDS = "panel.every.seconds";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private RunKeys() {}

    static ConfigDef define(ConfigDef keys) {
        defineFeed(keys);
        defineCheckpoints(keys);
        return keys.define(
                        RUN_ID,
                        STRING,
                        "default",
                        (key, value) -> requireId(key, (String) value),
                        HIGH,
                        "Name of the run: its group, its transactions and its checkpoints.")
                .define(
                        RUN_SEED,
                        LONG,
                        42L,
                        MEDIUM,
                        "Root of all randomness: weights, order, crops, flips and masks.")
                .define(
                        PANEL_SECONDS,
                        LONG,
                        30L,
                        atLeast(0),
                        LOW,
                        "Seconds between reconstruction panels; 0 draws them at checkpoints only.");
    }

    private static void defineFeed(ConfigDef keys) {
        keys.define(
                        BUFFER_IMAGES,
                        INT,
                        1024,
                        between(1, 10_000_000),
                        MEDIUM,
                        "Images in the shuffle buffer; they are held in memory, encoded.")
                .define(
                        BUFFER_START,
                        INT,
                        64,
                        between(1, 10_000_000),
                        LOW,
                        "Images in the shuffle buffer before the first one is drawn.")
                .define(
                        PREFETCH,
                        INT,
                        2,
                        between(1, 64),
                        LOW,
                        "Batches drawn and decoded ahead of the step.")
                .define(WORKERS, INT, 1, between(1, 256), MEDIUM, "Decoding threads.");
        defineAugmentation(keys);
    }

    private static void defineAugmentation(ConfigDef keys) {
        keys.define(
                        CROP_MIN_SCALE,
                        DOUBLE,
                        0.2,
                        between(0.01, 1),
                        MEDIUM,
                        "Smallest share of an image's area that a random crop shows; 1 takes all.")
                .define(FLIP, BOOLEAN, true, MEDIUM, "Mirror half of the images left to right.");
    }

    private static void defineCheckpoints(ConfigDef keys) {
        keys.define(
                        EVERY_IMAGES,
                        LONG,
                        0L,
                        atLeast(0),
                        HIGH,
                        "Take a checkpoint every so many images; 0 for never.")
                .define(
                        EVERY_SECONDS,
                        LONG,
                        300L,
                        atLeast(0),
                        HIGH,
                        "Take a checkpoint every so many seconds; 0 for never.");
        defineRetention(keys);
    }

    private static void defineRetention(ConfigDef keys) {
        keys.define(
                        KEEP,
                        INT,
                        5,
                        between(2, 1_000_000),
                        MEDIUM,
                        "Newest checkpoints that retention keeps.")
                .define(
                        GRACE_SECONDS,
                        LONG,
                        3600L,
                        atLeast(0),
                        LOW,
                        "Retention deletes nothing younger than this many seconds.");
    }

    static FeedSettings feed(Map<String, ?> values) {
        return new FeedSettings(
                (int) values.get(BUFFER_IMAGES),
                (int) values.get(BUFFER_START),
                (int) values.get(PREFETCH),
                (int) values.get(WORKERS),
                new Augmentation((double) values.get(CROP_MIN_SCALE), (boolean) values.get(FLIP)),
                StreamKeys.memory(values),
                StreamKeys.lag(values));
    }

    static CheckpointSettings checkpoints(Map<String, ?> values) {
        return new CheckpointSettings(
                (long) values.get(EVERY_IMAGES),
                Duration.ofSeconds((long) values.get(EVERY_SECONDS)),
                new RetentionPolicy(
                        (int) values.get(KEEP),
                        Duration.ofSeconds((long) values.get(GRACE_SECONDS))),
                ReleaseKeys.length(values));
    }

    private static void requireId(String key, String value) {
        if (value == null || !ID.matcher(value).matches()) {
            throw new ConfigException(
                    key,
                    value,
                    "use 1 to 64 letters, digits, dots, dashes or underscores, a letter or digit"
                            + " first");
        }
    }
}
