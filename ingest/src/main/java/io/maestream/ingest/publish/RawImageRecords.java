package io.maestream.ingest.publish;

import io.maestream.ingest.payload.PayloadWriter;
import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Images as records, digested; a large one is stored first and its reference takes its place. */
final class RawImageRecords {

    private final int maxInlineBytes;
    private final PayloadWriter store;

    RawImageRecords(int maxInlineBytes, PayloadWriter store) {
        this.maxInlineBytes = maxInlineBytes;
        this.store = store;
    }

    /** The record's own time stays the time of sending: an old photo's would be past retention. */
    ProducerRecord<String, RawImage> of(SourceImage image) throws IOException {
        byte[] bytes = image.bytes();
        String sha256 = Sha256.of(bytes);
        Object payload =
                bytes.length > maxInlineBytes ? store.write(bytes, sha256) : ByteBuffer.wrap(bytes);
        RawImage value =
                RawImage.newBuilder()
                        .setImageId(image.imageId())
                        .setSourceId(image.sourceId())
                        .setSequence(image.sequence())
                        .setCapturedAt(image.capturedAt())
                        .setPayload(payload)
                        .setOrigin(image.origin())
                        .setSha256(sha256)
                        .build();
        return new ProducerRecord<>(Topics.IMAGES_RAW, image.sourceId(), value);
    }
}
