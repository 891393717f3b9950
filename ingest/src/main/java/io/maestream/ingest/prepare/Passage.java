package io.maestream.ingest.prepare;

import io.maestream.schemas.PayloadReference;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import io.maestream.schemas.RejectedImage;
import java.nio.ByteBuffer;

/** What travels between the topology's steps: an image on its way, or what became of it. */
sealed interface Passage {

    /**
     * A raw image that may yet become anything.
     *
     * @param image the record
     * @param at where it lies
     */
    record Arrived(RawImage image, Coordinates at) implements Passage {

        /** Encoded bytes of the image, or those that its reference promises. */
        long bytes() {
            return image.getPayload() instanceof PayloadReference reference
                    ? Math.max(0, reference.getSize())
                    : ((ByteBuffer) image.getPayload()).remaining();
        }
    }

    /** What became of a raw record; each has exactly one. */
    sealed interface Outcome extends Passage {

        /** Whose it was; the partition's own name if it could not be read. */
        String sourceId();

        /** Encoded bytes that came in. */
        long bytes();
    }

    /** It goes to the trainer. */
    record Ready(PreparedImage image, long bytes) implements Outcome {
        @Override
        public String sourceId() {
            return image.getSourceId();
        }
    }

    /** It is refused, with a reason. */
    record Refused(RejectedImage image) implements Outcome {
        @Override
        public String sourceId() {
            return image.getSourceId() == null
                    ? "unreadable/" + image.getPartition()
                    : image.getSourceId();
        }

        @Override
        public long bytes() {
            return Math.max(0, image.getSize());
        }
    }

    /**
     * It brings nothing new.
     *
     * @param exact whether the same bytes were there before, or only much the same picture
     */
    record Dropped(String sourceId, String imageId, long bytes, boolean exact) implements Outcome {}
}
