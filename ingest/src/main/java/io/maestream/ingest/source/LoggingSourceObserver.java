package io.maestream.ingest.source;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes how sources fare to the log. */
public final class LoggingSourceObserver implements SourceObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingSourceObserver.class);

    @Override
    public void connected(String sourceId) {
        LOG.atInfo().addKeyValue("source", sourceId).log("Source connected");
    }

    @Override
    public void retrying(String sourceId, String reason, Duration delay) {
        LOG.atWarn()
                .addKeyValue("source", sourceId)
                .addKeyValue("retryMillis", delay.toMillis())
                .log("Source lost: {}", reason);
    }

    @Override
    public void gap(String sourceId, Instant from, Instant to) {
        LOG.atWarn()
                .addKeyValue("source", sourceId)
                .addKeyValue("from", from)
                .addKeyValue("to", to)
                .addKeyValue("gapMillis", Duration.between(from, to).toMillis())
                .log("Gap in what the source has seen");
    }
}
