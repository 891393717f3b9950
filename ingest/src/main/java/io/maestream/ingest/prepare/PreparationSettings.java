package io.maestream.ingest.prepare;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import io.maestream.ingest.prepare.quota.QuotaSettings;
import io.maestream.ingest.prepare.repeat.RepeatSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What preparation does with images.
 *
 * @param images limits and form
 * @param repeats which bring nothing new
 * @param quota how many of a source are taken
 * @param statusInterval time between two publications of a source's counters
 */
public record PreparationSettings(
        PrepareSettings images,
        RepeatSettings repeats,
        QuotaSettings quota,
        Duration statusInterval) {

    static final String STATUS_INTERVAL = "prepare.status.interval.seconds";

    private static final long HOUR_SECONDS = 3600;

    /** The defaults of {@link #definition()}. */
    public static PreparationSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        ConfigDef all =
                new ConfigDef()
                        .define(
                                STATUS_INTERVAL,
                                LONG,
                                5L,
                                between(1, HOUR_SECONDS),
                                LOW,
                                "Seconds between two publications of a source's counters on"
                                        + " sources.status.");
        List.of(
                        PrepareSettings.definition(),
                        RepeatSettings.definition(),
                        QuotaSettings.definition())
                .forEach(part -> part.configKeys().values().forEach(all::define));
        return all;
    }

    /** From values that {@link #definition()} has parsed. */
    public static PreparationSettings from(Map<String, ?> parsed) {
        return new PreparationSettings(
                PrepareSettings.from(parsed),
                RepeatSettings.from(parsed),
                QuotaSettings.from(parsed),
                Duration.ofSeconds((long) parsed.get(STATUS_INTERVAL)));
    }

    /** These settings with images no larger than the record they travel in. */
    PreparationSettings within(int maxPreparedBytes) {
        return new PreparationSettings(
                images.within(maxPreparedBytes), repeats, quota, statusInterval);
    }
}
