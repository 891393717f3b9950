package io.maestream.ingest.publish;

import io.maestream.ingest.source.SourceImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to the log; single published images are not worth a line. */
public final class LoggingPublishObserver implements PublishObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingPublishObserver.class);

    @Override
    public void skipped(SourceImage image, String message) {
        LOG.atWarn().addKeyValue("source", image.sourceId()).log(message);
    }

    @Override
    public void failed(SourceImage image, Exception cause) {
        LOG.atError()
                .addKeyValue("source", image.sourceId())
                .addKeyValue("image", image.imageId())
                .setCause(cause)
                .log("Publishing failed");
    }

    @Override
    public void progress(PublishTotals totals) {
        LOG.atInfo()
                .addKeyValue("images", totals.images())
                .addKeyValue("bytes", totals.bytes())
                .addKeyValue("skipped", totals.skipped())
                .addKeyValue("imagesPerSecond", Math.round(totals.imagesPerSecond()))
                .log("Published");
    }
}
