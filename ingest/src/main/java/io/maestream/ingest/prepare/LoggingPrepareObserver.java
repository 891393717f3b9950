package io.maestream.ingest.prepare;

import io.maestream.schemas.RejectedImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rejections and failures to the log; single prepared images are not worth a line. */
public final class LoggingPrepareObserver implements PrepareObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingPrepareObserver.class);

    @Override
    public void rejected(RejectedImage image) {
        LOG.atWarn()
                .addKeyValue("source", image.getSourceId())
                .addKeyValue("image", image.getImageId())
                .addKeyValue("topic", image.getTopic())
                .addKeyValue("partition", image.getPartition())
                .addKeyValue("offset", image.getOffset())
                .addKeyValue("reason", image.getReason())
                .log(image.getDetail());
    }

    @Override
    public void state(String state) {
        LOG.atInfo().addKeyValue("state", state).log("Preparation changed its state");
    }

    @Override
    public void threadFailed(Throwable cause, boolean fatal) {
        LOG.atError().addKeyValue("fatal", fatal).setCause(cause).log("A preparing thread failed");
    }
}
