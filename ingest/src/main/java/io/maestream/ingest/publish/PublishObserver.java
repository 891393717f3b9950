package io.maestream.ingest.publish;

import io.maestream.ingest.source.SourceImage;

/** Told what becomes of images; called from the publishing thread and from the producer's own. */
public interface PublishObserver {

    /** Tells nobody. */
    PublishObserver NONE = new PublishObserver() {};

    /** The brokers have acknowledged an image. */
    default void published(SourceImage image) {}

    /** An image was passed over; the message names it, its size, the limit and the remedy. */
    default void skipped(SourceImage image, String message) {}

    /** An image could not be published. */
    default void failed(SourceImage image, Exception cause) {}

    /** How far publishing has come; called now and then, and at the end. */
    default void progress(PublishTotals totals) {}
}
