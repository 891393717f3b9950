package io.maestream.ingest.prepare;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The limits that an image must keep, and the form it is brought into.
 *
 * @param maxSide larger images are scaled down until their longer side is this, in pixels
 * @param minSide images whose shorter side is below this are rejected, in pixels
 * @param maxBytes encoded images above this are rejected before they are decoded, in bytes
 * @param maxPixels images of more pixels are rejected before they are decoded
 * @param jpegQuality quality of what is encoded anew, 1 to 100
 * @param maxPreparedBytes prepared images above this are rejected, in bytes
 */
public record PrepareSettings(
        int maxSide,
        int minSide,
        int maxBytes,
        long maxPixels,
        int jpegQuality,
        int maxPreparedBytes) {

    static final String MAX_SIDE = "prepare.max.side";
    static final String MIN_SIDE = "prepare.min.side";
    static final String MAX_BYTES = "prepare.max.bytes";
    static final String MAX_PIXELS = "prepare.max.pixels";
    static final String JPEG_QUALITY = "prepare.jpeg.quality";

    private static final long MOST_PIXELS = 1L << 28;

    /** Checks the limits against each other. */
    public PrepareSettings {
        if (minSide < 1 || maxSide < minSide) {
            throw new IllegalArgumentException(
                    "%s (%d) must be at least 1 and no more than %s (%d)"
                            .formatted(MIN_SIDE, minSide, MAX_SIDE, maxSide));
        }
        if (maxPixels < 1 || maxPixels > MOST_PIXELS || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "%s (%d) must be 1 to %d and %s (%d) at least 1"
                            .formatted(MAX_PIXELS, maxPixels, MOST_PIXELS, MAX_BYTES, maxBytes));
        }
        if (jpegQuality < 1 || jpegQuality > 100) {
            throw new IllegalArgumentException(
                    JPEG_QUALITY + " must be 1 to 100, not " + jpegQuality);
        }
    }

    /** The defaults of {@link #definition()}. */
    public static PrepareSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return defineLimits(new ConfigDef())
                .define(
                        MAX_SIDE,
                        INT,
                        256,
                        between(8, 16_384),
                        HIGH,
                        "Larger images are scaled down until their longer side has this many"
                                + " pixels.")
                .define(
                        JPEG_QUALITY,
                        INT,
                        92,
                        between(1, 100),
                        LOW,
                        "Quality of images that are encoded anew; the others keep their bytes.");
    }

    private static ConfigDef defineLimits(ConfigDef keys) {
        return keys.define(
                        MIN_SIDE,
                        INT,
                        8,
                        between(1, 16_384),
                        MEDIUM,
                        "Images whose shorter side has fewer pixels are rejected.")
                .define(
                        MAX_BYTES,
                        INT,
                        64 * 1024 * 1024,
                        between(1, Integer.MAX_VALUE),
                        LOW,
                        "Encoded images of more bytes are rejected; what is prepared must also fit"
                                + " topics.max.image.bytes.")
                .define(
                        MAX_PIXELS,
                        LONG,
                        64_000_000L,
                        between(1, MOST_PIXELS),
                        MEDIUM,
                        "Images of more pixels are rejected before any is decoded; decoding takes"
                                + " 3 bytes a pixel, 15 at most where it is deep and transparent.");
    }

    /** These settings with prepared images no larger than this, in bytes. */
    PrepareSettings within(int bytes) {
        return new PrepareSettings(
                maxSide, minSide, maxBytes, maxPixels, jpegQuality, Math.min(maxBytes, bytes));
    }

    /** From values that {@link #definition()} has parsed. */
    public static PrepareSettings from(Map<String, ?> parsed) {
        return new PrepareSettings(
                (int) parsed.get(MAX_SIDE),
                (int) parsed.get(MIN_SIDE),
                (int) parsed.get(MAX_BYTES),
                (long) parsed.get(MAX_PIXELS),
                (int) parsed.get(JPEG_QUALITY),
                (int) parsed.get(MAX_BYTES));
    }
}
