package io.maestream.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

/** The warnings on the screen, which {@code logback.xml} sets up as text. */
public final class ConsoleLog {
    private static final String OURS = "io.maestream";
    private static final String NAME = "console";

    private ConsoleLog() {}

    /** Writes them as JSON from now on if that is the format. */
    public static void use(LogFormat format) {
        if (format == LogFormat.JSON
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Appender<ILoggingEvent> console = context.getLogger(OURS).getAppender(NAME);
            if (console instanceof OutputStreamAppender<ILoggingEvent> stream) {
                stream.setEncoder(format.encoder(context));
            }
        }
    }
}
