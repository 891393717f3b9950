package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;
import static io.maestream.schemas.RejectionReason.MISSING_PAYLOAD;
import static io.maestream.schemas.RejectionReason.UNREADABLE_RECORD;

import io.maestream.ingest.prepare.Preparation.Prepared;
import io.maestream.ingest.prepare.Preparation.Rejected;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * One raw record, as bytes, becomes a prepared or a rejected image. It is parsed here and not by
 * Kafka's deserializer, so that what does not parse is rejected with its coordinates like
 * everything else.
 */
final class RawRecordStep {

    /** What is longer is no name; whatever is copied onward must stay small. */
    private static final int MAX_NAME = 1024;

    private final ImagePreparer preparer;
    private final Rejections rejections;
    private final Deserializer<RawImage> deserializer = AvroSerde.deserializer(RawImage.class);

    /**
     * @param serdeConfigs what serdes are told, of a schema registry for example
     */
    RawRecordStep(ImagePreparer preparer, Clock clock, Map<String, ?> serdeConfigs) {
        deserializer.configure(serdeConfigs, false);
        this.preparer = preparer;
        this.rejections = new Rejections(clock);
    }

    SpecificRecord apply(byte[] value, Coordinates at) {
        RawImage raw;
        try {
            raw = deserializer.deserialize(at.topic(), value);
        } catch (SerializationException e) {
            return rejections.of(
                    null, new Rejected(UNREADABLE_RECORD, e.getMessage()), at, value.length);
        }
        if (raw == null) {
            return rejections.of(
                    null, new Rejected(MISSING_PAYLOAD, "the record has no value"), at, -1);
        }
        return apply(raw, at);
    }

    private SpecificRecord apply(RawImage raw, Coordinates at) {
        if (raw.getImageId().length() > MAX_NAME || raw.getSourceId().length() > MAX_NAME) {
            return rejections.of(
                    raw,
                    new Rejected(
                            UNREADABLE_RECORD,
                            "its image id or source id has more than %d characters; shorten it"
                                    .formatted(MAX_NAME)),
                    at,
                    -1);
        }
        if (!(raw.getPayload() instanceof ByteBuffer payload)) {
            return rejections.of(
                    raw,
                    new Rejected(
                            MISSING_PAYLOAD,
                            "the image is a reference to a store, and this version reads inline"
                                    + " images only; send the bytes"),
                    at,
                    -1);
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        Preparation preparation = prepare(bytes);
        return preparation instanceof Prepared prepared
                ? prepared(raw, prepared, at)
                : rejections.of(raw, (Rejected) preparation, at, bytes.length);
    }

    /** A defect of ours must not stop the stream either: the record stays, the reason is told. */
    private Preparation prepare(byte[] bytes) {
        try {
            return preparer.prepare(bytes);
        } catch (RuntimeException e) {
            return new Rejected(DECODE_FAILED, "preparation failed on it: " + e);
        }
    }

    private static PreparedImage prepared(RawImage raw, Prepared image, Coordinates at) {
        return PreparedImage.newBuilder()
                .setImageId(raw.getImageId())
                .setSourceId(raw.getSourceId())
                .setSequence(raw.getSequence())
                .setCapturedAt(raw.getCapturedAt())
                .setWidth(image.width())
                .setHeight(image.height())
                .setChannels(image.channels())
                .setFormat(image.format())
                .setPayload(ByteBuffer.wrap(image.bytes()))
                .setRawPartition(at.partition())
                .setRawOffset(at.offset())
                .build();
    }
}
