package io.maestream.ingest.prepare;

import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes rejections and failures to the log; single prepared images are not worth a line. Of each
 * reason the first few are warnings, the rest are information: a source full of garbage must not
 * bury everything else.
 */
public final class LoggingPrepareObserver implements PrepareObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingPrepareObserver.class);

    private static final int WARNINGS_PER_REASON = 3;

    private final Map<RejectionReason, AtomicInteger> seen = new ConcurrentHashMap<>();

    @Override
    public void rejected(RejectedImage image) {
        int count =
                seen.computeIfAbsent(image.getReason(), reason -> new AtomicInteger())
                        .incrementAndGet();
        if (count == WARNINGS_PER_REASON + 1) {
            LOG.atWarn()
                    .addKeyValue("reason", image.getReason())
                    .log("More are rejected for the same reason; they go to the log file only");
        }
        LOG.atLevel(count <= WARNINGS_PER_REASON ? Level.WARN : Level.INFO)
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
