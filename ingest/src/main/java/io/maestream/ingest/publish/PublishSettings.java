package io.maestream.ingest.publish;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import io.maestream.schemas.topic.TopicSettings;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What a publisher is told.
 *
 * @param maxImageBytes larger images are passed over, in bytes
 * @param maxBytesInFlight bytes of images that may wait for their acknowledgement
 */
public record PublishSettings(int maxImageBytes, int maxBytesInFlight) {

    static final String IN_FLIGHT = "publish.max.in.flight.bytes";

    /** Checks that both are positive. */
    public PublishSettings {
        if (maxImageBytes < 1 || maxBytesInFlight < 1) {
            throw new IllegalArgumentException(
                    IN_FLIGHT
                            + " and the largest image must be at least 1 byte, not "
                            + maxBytesInFlight
                            + " and "
                            + maxImageBytes);
        }
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
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
        return new PublishSettings(topics.maxImageBytes(), (int) parsed.get(IN_FLIGHT));
    }
}
