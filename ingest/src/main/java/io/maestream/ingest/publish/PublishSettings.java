package io.maestream.ingest.publish;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What a publisher is told.
 *
 * @param payload which images travel inline, and the largest at all
 * @param maxBytesInFlight bytes of images that may wait for their acknowledgement
 * @param keepPayloads how long stored payloads stay; a negative one for ever
 */
public record PublishSettings(
        PayloadSettings payload, int maxBytesInFlight, Duration keepPayloads) {

    static final String IN_FLIGHT = "publish.max.in.flight.bytes";

    private static final Duration FOR_EVER = Duration.ofSeconds(-1);

    /** Kafka deletes whole segments, so a reference may outlive its time. */
    private static final Duration LONGER_THAN_REFERENCES = Duration.ofDays(1);

    /** Checks that the bound is positive. */
    public PublishSettings {
        if (maxBytesInFlight < 1) {
            throw new IllegalArgumentException(
                    IN_FLIGHT + " must be at least 1 byte, not " + maxBytesInFlight);
        }
    }

    /** The same, with payloads that stay for ever. */
    public PublishSettings(PayloadSettings payload, int maxBytesInFlight) {
        this(payload, maxBytesInFlight, FOR_EVER);
    }

    /** The keys, their defaults, limits and documentation; those of the payload store as well. */
    public static ConfigDef definition() {
        return PayloadSettings.definition()
                .define(
                        IN_FLIGHT,
                        INT,
                        32 * 1024 * 1024,
                        between(1, 1 << 30),
                        LOW,
                        "Bytes of images that may wait for the brokers' acknowledgement; the"
                                + " source waits while there are more.");
    }

    /** From values that {@link #definition()} has parsed, and the topics' largest image. */
    public static PublishSettings from(Map<String, ?> parsed, TopicSettings topics) {
        return new PublishSettings(
                PayloadSettings.from(parsed, topics),
                (int) parsed.get(IN_FLIGHT),
                topics.imageRetention().isNegative()
                        ? FOR_EVER
                        : topics.imageRetention().plus(LONGER_THAN_REFERENCES));
    }

    /** Larger images are passed over, in bytes. */
    public int maxImageBytes() {
        return payload.maxImageBytes();
    }
}
