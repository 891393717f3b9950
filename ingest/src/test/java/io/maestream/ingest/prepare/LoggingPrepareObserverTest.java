package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingPrepareObserverTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingPrepareObserver.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void shouldWarnAFewTimesOfEachReasonAndThenOnlyInform() {
        // When a hundred empty images and one bomb are rejected
        LoggingPrepareObserver observer = new LoggingPrepareObserver();
        for (int i = 0; i < 100; i++) {
            observer.rejected(rejected(RejectionReason.EMPTY));
        }
        observer.rejected(rejected(RejectionReason.TOO_MANY_PIXELS));

        // Then three empty ones, a notice and the bomb are warnings, and every one is in the log
        List<ILoggingEvent> warnings =
                lines.list.stream().filter(line -> line.getLevel() == Level.WARN).toList();
        assertThat(warnings).hasSize(5);
        assertThat(lines.list).hasSize(102);
    }

    private static RejectedImage rejected(RejectionReason reason) {
        return RejectedImage.newBuilder()
                .setReason(reason)
                .setDetail("it is no good")
                .setTopic("images.raw")
                .setPartition(0)
                .setOffset(1)
                .setSize(0)
                .setRejectedAt(Instant.EPOCH)
                .build();
    }
}
