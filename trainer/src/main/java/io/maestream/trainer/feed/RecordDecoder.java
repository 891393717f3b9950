package io.maestream.trainer.feed;

import io.maestream.schemas.PreparedImage;
import io.maestream.trainer.feed.BatchInProgress.Decoded;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * From a record's bytes to pixels in a batch, and the random numbers that belong to the record. A
 * bad record is told to the sink and left out.
 */
final class RecordDecoder {

    /** Which number of a record's root seeds its mask; crops use the small ones. */
    private static final long MASK_COUNTER = 1_000;

    private final Deserializer<PreparedImage> deserializer;
    private final ImageDecoder images;
    private final BadRecord.Sink badRecords;
    private final long runSeed;

    RecordDecoder(
            Deserializer<PreparedImage> deserializer,
            ImageDecoder images,
            BadRecord.Sink badRecords,
            long runSeed) {
        this.deserializer = deserializer;
        this.images = images;
        this.badRecords = badRecords;
        this.runSeed = runSeed;
    }

    int bytesPerImage() {
        return images.bytesPerImage();
    }

    Optional<Decoded> decodeInto(ByteBuffer pixels, int index, StreamRecord stored) {
        RecordRef ref = stored.ref();
        long root = CounterRandom.recordRoot(runSeed, ref);
        try {
            PreparedImage image = parse(stored);
            images.decodeInto(pixels, index, image, root);
            return Optional.of(
                    new Decoded(image.getSourceId(), CounterRandom.at(root, MASK_COUNTER)));
        } catch (DecodeException e) {
            // A bad record that is drawn again has been reported when it was drawn first.
            if (ref.visits() == 0) {
                badRecords.accept(new BadRecord(ref, e.getMessage(), sizeOf(stored)));
            }
            return Optional.empty();
        }
    }

    private PreparedImage parse(StreamRecord stored) {
        try {
            PreparedImage image =
                    deserializer.deserialize(stored.ref().partition().topic(), stored.value());
            if (image == null) {
                throw new DecodeException("the record has no value", null);
            }
            return image;
        } catch (org.apache.kafka.common.errors.SerializationException e) {
            throw new DecodeException("the record is not a PreparedImage: " + e.getMessage(), e);
        }
    }

    private static long sizeOf(StreamRecord stored) {
        return stored.value() == null ? 0 : stored.value().length;
    }
}
