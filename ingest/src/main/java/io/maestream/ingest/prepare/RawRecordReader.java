package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.MISSING_PAYLOAD;
import static io.maestream.schemas.RejectionReason.UNREADABLE_RECORD;

import io.maestream.ingest.prepare.Passage.Arrived;
import io.maestream.ingest.prepare.Passage.Refused;
import io.maestream.ingest.prepare.Preparation.Rejected;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.wire.AvroSerde;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Parses a raw record. That is done here and not by Kafka's deserializer, so that what does not
 * parse is rejected with its coordinates like everything else.
 */
final class RawRecordReader {

    /** What is longer is no name; whatever is copied onward must stay small. */
    private static final int MAX_NAME = 1024;

    private final Rejections rejections;
    private final Deserializer<RawImage> deserializer = AvroSerde.deserializer(RawImage.class);

    /**
     * @param serdeConfigs what serdes are told, of a schema registry for example
     */
    RawRecordReader(Rejections rejections, Map<String, ?> serdeConfigs) {
        this.rejections = rejections;
        deserializer.configure(serdeConfigs, false);
    }

    Passage read(byte[] value, Coordinates at) {
        if (value == null) {
            return refused(new Rejected(MISSING_PAYLOAD, "the record has no value"), at, -1);
        }
        try {
            return named(deserializer.deserialize(at.topic(), value), at);
        } catch (SerializationException e) {
            return refused(new Rejected(UNREADABLE_RECORD, e.getMessage()), at, value.length);
        }
    }

    private Passage named(RawImage raw, Coordinates at) {
        if (raw.getImageId().length() <= MAX_NAME && raw.getSourceId().length() <= MAX_NAME) {
            return new Arrived(raw, at);
        }
        Rejected why =
                new Rejected(
                        UNREADABLE_RECORD,
                        "its image id or source id has more than %d characters; shorten it"
                                .formatted(MAX_NAME));
        return new Refused(rejections.of(raw, why, at, -1));
    }

    private Refused refused(Rejected why, Coordinates at, long size) {
        return new Refused(rejections.of(null, why, at, size));
    }
}
