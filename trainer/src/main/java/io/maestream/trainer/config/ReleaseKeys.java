package io.maestream.trainer.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import io.maestream.mae.schedule.AnnealLength;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The keys {@code train.release.*}: how long the anneal of a release is. */
final class ReleaseKeys {

    static final String SHARE = "train.release.share";
    static final String MIN = "train.release.steps.min";
    static final String MAX = "train.release.steps.max";

    private ReleaseKeys() {}

    static ConfigDef define(ConfigDef keys) {
        return keys.define(
                        SHARE,
                        DOUBLE,
                        0.15,
                        between(0, 1),
                        MEDIUM,
                        "Steps of a release's anneal, as a share of the steps made so far. Between"
                                + " 0.1 and 0.2 is usual.")
                .define(MIN, LONG, 20L, atLeast(1), MEDIUM, "Fewest steps of a release's anneal.")
                .define(
                        MAX,
                        LONG,
                        5_000L,
                        atLeast(1),
                        MEDIUM,
                        "Most steps of a release's anneal. It trains on the stream, and the run"
                                + " trains on those images again afterwards.");
    }

    static AnnealLength length(Map<String, ?> values) {
        long min = (long) values.get(MIN);
        long max = (long) values.get(MAX);
        if (max < min) {
            throw new ConfigException(MAX, max, "must not be below train.release.steps.min=" + min);
        }
        return new AnnealLength((double) values.get(SHARE), min, max);
    }
}
