package io.maestream.ingest.prepare.repeat;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Which images of a source are dropped because they bring nothing new. All times are those of the
 * records.
 *
 * @param window how long an exact repeat is recognised; zero: never
 * @param similarBits an image is similar if its gradient hash differs by no more bits; -1: none is
 * @param similarLevels and no pixel of its thumbnail differs by more of 255 levels
 * @param heartbeat an image is let through, similar or not, if none was for so long
 */
public record RepeatSettings(
        Duration window, int similarBits, int similarLevels, Duration heartbeat) {

    static final String WINDOW = "prepare.repeat.window.seconds";
    static final String BITS = "prepare.similar.bits";
    static final String LEVELS = "prepare.similar.levels";
    static final String HEARTBEAT = "prepare.heartbeat.seconds";

    private static final long YEAR_SECONDS = 366L * 24 * 3600;

    /** Refuses negative times. */
    public RepeatSettings {
        if (window.isNegative() || heartbeat.isNegative()) {
            throw new IllegalArgumentException(
                    "%s (%d) and %s (%d) must not be negative"
                            .formatted(
                                    WINDOW, window.toSeconds(), HEARTBEAT, heartbeat.toSeconds()));
        }
    }

    /** The defaults of {@link #definition()}. */
    public static RepeatSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return defineSimilar(new ConfigDef())
                .define(
                        WINDOW,
                        LONG,
                        3600L,
                        between(0, YEAR_SECONDS),
                        MEDIUM,
                        "Seconds in which an exact repeat of a source's image is dropped; 0 for"
                                + " never.")
                .define(
                        HEARTBEAT,
                        LONG,
                        30L,
                        between(0, YEAR_SECONDS),
                        MEDIUM,
                        "Seconds after which an image of a source is let through although it is a"
                                + " repeat or similar: so often a still camera is heard of.");
    }

    private static ConfigDef defineSimilar(ConfigDef keys) {
        return keys.define(
                        BITS,
                        INT,
                        4,
                        between(-1, 64),
                        MEDIUM,
                        "An image is dropped as similar to the last one kept of its source if their"
                                + " 64-bit gradient hashes differ by no more bits; -1 drops none.")
                .define(
                        LEVELS,
                        INT,
                        40,
                        between(0, 255),
                        MEDIUM,
                        "An image within prepare.similar.bits is dropped only if also no pixel of"
                                + " their thumbnails (18 x 16) differs by more levels of 255.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static RepeatSettings from(Map<String, ?> parsed) {
        return new RepeatSettings(
                Duration.ofSeconds((long) parsed.get(WINDOW)),
                (int) parsed.get(BITS),
                (int) parsed.get(LEVELS),
                Duration.ofSeconds((long) parsed.get(HEARTBEAT)));
    }
}
