package io.maestream.trainer.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.maestream.trainer.feed.LagPolicy;
import io.maestream.trainer.feed.MemorySettings;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** The keys {@code train.replay.*} and {@code train.lag.*}: what of the stream is trained on. */
final class StreamKeys {

    static final String REPLAY_POLICY = "train.replay.policy";
    static final String REPLAY_SHARE = "train.replay.share";
    static final String REPLAY_CAPACITY = "train.replay.capacity";
    static final String REPLAY_BYTES = "train.replay.bytes";
    static final String LAG_POLICY = "train.lag.policy";
    static final String LAG_MAX = "train.lag.max";

    private static final String SKIP_TO_FRESH = "skip-to-fresh";

    private StreamKeys() {}

    static ConfigDef define(ConfigDef keys) {
        return defineLag(defineReplay(keys));
    }

    private static ConfigDef defineReplay(ConfigDef keys) {
        keys.define(
                        REPLAY_POLICY,
                        STRING,
                        "none",
                        in("none", "reservoir"),
                        MEDIUM,
                        "Which images are trained on again: none, or a uniform sample of all.")
                .define(
                        REPLAY_SHARE,
                        DOUBLE,
                        0.05,
                        between(0, 0.9),
                        MEDIUM,
                        "Share of the images of a run that come from the replay memory.");
        return defineReplaySizes(keys);
    }

    private static ConfigDef defineReplaySizes(ConfigDef keys) {
        return keys.define(
                        REPLAY_CAPACITY,
                        INT,
                        4096,
                        between(1, 10_000_000),
                        LOW,
                        "Images in the replay memory; they are held in memory, encoded.")
                .define(
                        REPLAY_BYTES,
                        LONG,
                        256L << 20,
                        atLeast(0),
                        LOW,
                        "Bytes that the images in the replay memory may take.");
    }

    private static ConfigDef defineLag(ConfigDef keys) {
        return keys.define(
                        LAG_POLICY,
                        STRING,
                        "process-all",
                        in("process-all", SKIP_TO_FRESH),
                        MEDIUM,
                        "process-all trains on every image, however late. skip-to-fresh passes"
                                + " over the oldest when more than train.lag.max wait, until half"
                                + " as many are left, and the next event names them.")
                .define(
                        LAG_MAX,
                        LONG,
                        10_000L,
                        atLeast(2),
                        MEDIUM,
                        "Images that may wait in all partitions together under skip-to-fresh.");
    }

    static MemorySettings memory(Map<String, ?> values) {
        String policy = (String) values.get(REPLAY_POLICY);
        return new MemorySettings(
                MemorySettings.Policy.valueOf(policy.toUpperCase(Locale.ROOT)),
                (double) values.get(REPLAY_SHARE),
                (int) values.get(REPLAY_CAPACITY),
                (long) values.get(REPLAY_BYTES));
    }

    static LagPolicy lag(Map<String, ?> values) {
        return SKIP_TO_FRESH.equals(values.get(LAG_POLICY))
                ? new LagPolicy.SkipToFresh((long) values.get(LAG_MAX))
                : new LagPolicy.ProcessAll();
    }
}
