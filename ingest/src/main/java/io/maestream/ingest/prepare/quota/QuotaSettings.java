package io.maestream.ingest.prepare.quota;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How much each source may send.
 *
 * @param imagesPerSecond in the long run, by the records' times; 0 is no quota
 * @param burst images that may come at once after a rest
 */
public record QuotaSettings(double imagesPerSecond, int burst) {

    static final String RATE = "prepare.quota.images.per.second";
    static final String BURST = "prepare.quota.burst.images";

    private static final double MOST_PER_SECOND = 1e6;

    /** Refuses a quota that lets nothing through. */
    public QuotaSettings {
        if (!(imagesPerSecond >= 0 && imagesPerSecond <= MOST_PER_SECOND) || burst < 1) {
            throw new IllegalArgumentException(
                    "%s (%s) must be 0 to %.0f and %s (%d) at least 1"
                            .formatted(RATE, imagesPerSecond, MOST_PER_SECOND, BURST, burst));
        }
    }

    /** The defaults of {@link #definition()}. */
    public static QuotaSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        RATE,
                        DOUBLE,
                        0.0,
                        between(0, MOST_PER_SECOND),
                        MEDIUM,
                        "Images of each source that are prepared in a second, in the long run; the"
                                + " others are rejected with the reason QUOTA. 0 is no quota.")
                .define(
                        BURST,
                        INT,
                        100,
                        between(1, Integer.MAX_VALUE),
                        MEDIUM,
                        "Images of a source that may come at once after a rest.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static QuotaSettings from(Map<String, ?> parsed) {
        return new QuotaSettings((double) parsed.get(RATE), (int) parsed.get(BURST));
    }

    /** Whether there is a quota. */
    public boolean isSet() {
        return imagesPerSecond > 0;
    }
}
