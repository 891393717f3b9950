package io.maestream.ingest.prepare;

import io.maestream.ingest.prepare.Preparation.Rejected;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import java.time.Clock;

/**
 * Builds the records that tell of rejected images. Texts are cut to a length that always fits a
 * record, whatever a raw record brought along.
 */
final class Rejections {

    private static final int MAX_TEXT = 2000;

    private final Clock clock;

    Rejections(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param raw the record, or null if it could not be read
     * @param size bytes of the image, or -1 if unknown
     */
    RejectedImage of(RawImage raw, Rejected why, Coordinates at, long size) {
        return RejectedImage.newBuilder()
                .setImageId(raw == null ? null : cut(raw.getImageId()))
                .setSourceId(raw == null ? null : cut(raw.getSourceId()))
                .setOrigin(raw == null ? null : cut(raw.getOrigin()))
                .setReason(why.reason())
                .setDetail(cut(why.detail()))
                .setTopic(at.topic())
                .setPartition(at.partition())
                .setOffset(at.offset())
                .setSize(size)
                .setRejectedAt(clock.instant())
                .build();
    }

    private static String cut(String text) {
        return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
