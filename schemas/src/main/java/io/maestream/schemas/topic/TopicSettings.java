package io.maestream.schemas.topic;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What the topics are told, and the one image size from which every Kafka size limit derives.
 *
 * @param imagePartitions partitions of the image topics
 * @param replicationFactor replicas of every topic; -1 for the broker's default
 * @param maxImageBytes largest encoded image that travels inline, in bytes
 * @param imageRetentionBytes bytes that each partition of an image topic keeps; -1 for no limit
 * @param imageRetention how long the image topics keep records; a negative one for ever
 */
public record TopicSettings(
        int imagePartitions,
        short replicationFactor,
        int maxImageBytes,
        long imageRetentionBytes,
        Duration imageRetention) {

    static final String PARTITIONS = "topics.image.partitions";
    static final String REPLICATION = "topics.replication.factor";
    static final String MAX_IMAGE_BYTES = "topics.max.image.bytes";
    static final String RETENTION_BYTES = "topics.image.retention.bytes";
    static final String RETENTION = "topics.image.retention.seconds";

    private static final int MIN_IMAGE_BYTES = 1024;

    /** Brokers refuse requests over 100 MiB; this leaves a request room for more than one image. */
    private static final int MAX_IMAGE_BYTES_LIMIT = 32 * 1024 * 1024;

    /** What a record adds to its image: fields, key, headers, and the batch's framing. */
    private static final int RECORD_OVERHEAD = 64 * 1024;

    /** Refuses what no broker would take. */
    public TopicSettings {
        require(imagePartitions >= 1, PARTITIONS, imagePartitions, "at least 1");
        require(
                replicationFactor == -1 || replicationFactor >= 1,
                REPLICATION,
                replicationFactor,
                "at least 1, or -1 for the broker's default");
        require(
                maxImageBytes >= MIN_IMAGE_BYTES && maxImageBytes <= MAX_IMAGE_BYTES_LIMIT,
                MAX_IMAGE_BYTES,
                maxImageBytes,
                MIN_IMAGE_BYTES + " to " + MAX_IMAGE_BYTES_LIMIT);
    }

    /** The defaults of {@link #definition()}. */
    public static TopicSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return defineRetention(new ConfigDef())
                .define(
                        PARTITIONS,
                        INT,
                        1,
                        between(1, 10_000),
                        HIGH,
                        "Partitions of images.raw and images.prepared, set when they are created."
                                + " With 1, two runs over the same records give the same weights.")
                .define(
                        REPLICATION,
                        ConfigDef.Type.SHORT,
                        (short) -1,
                        between(-1, 100),
                        MEDIUM,
                        "Replicas of every topic; -1 takes the broker's default.")
                .define(
                        MAX_IMAGE_BYTES,
                        INT,
                        16 * 1024 * 1024,
                        between(MIN_IMAGE_BYTES, MAX_IMAGE_BYTES_LIMIT),
                        HIGH,
                        "Largest encoded image in bytes. The topics' message size and the"
                                + " clients' request and fetch sizes follow from it.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static TopicSettings from(Map<String, ?> parsed) {
        return new TopicSettings(
                (int) parsed.get(PARTITIONS),
                (short) parsed.get(REPLICATION),
                (int) parsed.get(MAX_IMAGE_BYTES),
                (long) parsed.get(RETENTION_BYTES),
                Duration.ofSeconds((long) parsed.get(RETENTION)));
    }

    /** Largest record in bytes: an image of {@link #maxImageBytes()} and what surrounds it. */
    public int maxMessageBytes() {
        return maxImageBytes + RECORD_OVERHEAD;
    }

    private static ConfigDef defineRetention(ConfigDef keys) {
        return keys.define(
                        RETENTION_BYTES,
                        LONG,
                        10L * 1024 * 1024 * 1024,
                        atLeast(-1),
                        MEDIUM,
                        "Bytes that each partition of an image topic keeps; -1 for no limit.")
                .define(
                        RETENTION,
                        LONG,
                        Duration.ofDays(7).toSeconds(),
                        atLeast(-1),
                        LOW,
                        "Seconds that the image topics keep records; -1 for ever.");
    }

    private static void require(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be " + allowed);
        }
    }
}
