package io.maestream.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends everything that is logged to a file. It is not in {@code logback.xml} because the place is
 * known only when the configuration is, and commands that log nothing should make no file.
 */
public final class LogFile {
    /** System property that overrides the place. */
    public static final String PROPERTY = "maestream.log.file";

    private static final long MAX_BYTES = 20L * 1024 * 1024;
    private static final int OLD_FILES = 3;

    private LogFile() {}

    /** Logs to {@code <data-dir>/logs/maestream.log} from now on; the path that was taken. */
    public static Path open(Path dataDir, LogFormat format) {
        String place =
                System.getProperty(PROPERTY, dataDir.resolve("logs/maestream.log").toString());
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            if (root.getAppender(PROPERTY) == null) {
                root.addAppender(appender(context, place, format));
            }
        }
        return Path.of(place);
    }

    private static RollingFileAppender<ILoggingEvent> appender(
            LoggerContext context, String place, LogFormat format) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(PROPERTY);
        appender.setFile(place);
        appender.setEncoder(format.encoder(context));
        appender.setRollingPolicy(rolling(context, appender, place));
        appender.setTriggeringPolicy(trigger(context));
        appender.start();
        return appender;
    }

    private static FixedWindowRollingPolicy rolling(
            LoggerContext context, RollingFileAppender<ILoggingEvent> appender, String place) {
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(place + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(OLD_FILES);
        rolling.start();
        return rolling;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger(LoggerContext context) {
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(MAX_BYTES));
        trigger.start();
        return trigger;
    }
}
