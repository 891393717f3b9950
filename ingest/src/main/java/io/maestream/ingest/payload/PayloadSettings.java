package io.maestream.ingest.payload;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.maestream.schemas.topic.TopicSettings;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Which images travel inline and which as a reference.
 *
 * @param location of the payload store, a directory or {@code s3://bucket/prefix}; empty if all
 *     images travel inline
 * @param maxInlineBytes larger images go to the store, in bytes
 * @param maxImageBytes larger images are refused altogether, in bytes
 */
public record PayloadSettings(Optional<String> location, int maxInlineBytes, int maxImageBytes) {

    static final String LOCATION = "payload.dir";
    static final String MAX_INLINE = "payload.max.inline.bytes";
    static final String MAX_IMAGE = "payload.max.bytes";

    private static final int MIB = 1024 * 1024;

    /** Checks that both limits are positive and go together. */
    public PayloadSettings {
        if (maxInlineBytes < 1 || maxImageBytes < maxInlineBytes) {
            throw new IllegalArgumentException(
                    "%s is %d and %s is %d; the first must be at least 1, the second no smaller"
                            .formatted(MAX_INLINE, maxInlineBytes, MAX_IMAGE, maxImageBytes));
        }
    }

    /** All images inline, none larger than this. */
    public static PayloadSettings inline(int maxImageBytes) {
        return new PayloadSettings(Optional.empty(), maxImageBytes, maxImageBytes);
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        LOCATION,
                        STRING,
                        "",
                        MEDIUM,
                        "Directory that publishers and preparation share, or s3://BUCKET/PREFIX, in"
                                + " which large images are kept while a reference travels on Kafka;"
                                + " empty: every image travels inline.")
                .define(
                        MAX_INLINE,
                        INT,
                        MIB,
                        between(1, Integer.MAX_VALUE),
                        MEDIUM,
                        "With payload.dir, encoded images above this many bytes go there.")
                .define(
                        MAX_IMAGE,
                        INT,
                        64 * MIB,
                        between(1, 512 * MIB),
                        MEDIUM,
                        "With payload.dir, the largest encoded image in bytes; without it,"
                                + " topics.max.image.bytes is.");
    }

    /** From values that {@link #definition()} has parsed, and the topics' largest image. */
    public static PayloadSettings from(Map<String, ?> parsed, TopicSettings topics) {
        String location = ((String) parsed.get(LOCATION)).strip();
        if (location.isEmpty()) {
            return inline(topics.maxImageBytes());
        }
        int inline = Math.min((int) parsed.get(MAX_INLINE), topics.maxImageBytes());
        return new PayloadSettings(Optional.of(location), inline, (int) parsed.get(MAX_IMAGE));
    }

    /** Key of the limit that holds, for messages. */
    public String limitKey() {
        return location.isPresent() ? MAX_IMAGE : "topics.max.image.bytes";
    }
}
