package io.maestream.ingest.publish;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.schemas.topic.TopicSettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What a publisher is told.
 *
 * @param payload which images travel inline, and the largest at all
 * @param maxBytesInFlight bytes of images that may wait for their acknowledgement
 */
public record PublishSettings(PayloadSettings payload, int maxBytesInFlight) {

    static final String IN_FLIGHT = "publish.max.in.flight.bytes";

    /** Checks that the bound is positive. */
    public PublishSettings {
        if (maxBytesInFlight < 1) {
            throw new IllegalArgumentException(
                    IN_FLIGHT + " must be at least 1 byte, not " + maxBytesInFlight);
        }
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
                PayloadSettings.from(parsed, topics), (int) parsed.get(IN_FLIGHT));
    }

    /** Larger images are passed over, in bytes. */
    public int maxImageBytes() {
        return payload.maxImageBytes();
    }
}
