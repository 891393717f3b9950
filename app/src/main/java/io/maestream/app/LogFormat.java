package io.maestream.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** What a line of the log looks like. */
public enum LogFormat {
    /** Time, level, thread, logger, message, and the keys and values. */
    TEXT,

    /** An object with the same, for programs that collect logs. */
    JSON;

    /** Key of the configuration. */
    public static final String KEY = "log.format";

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX} %-5level [%thread] %logger{36} - %msg %kvp%n";

    /** The key that decides. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        KEY,
                        Type.STRING,
                        TEXT.word(),
                        ValidString.in(
                                Arrays.stream(values())
                                        .map(LogFormat::word)
                                        .toArray(String[]::new)),
                        Importance.MEDIUM,
                        "How the log is written, to its file and to the screen: lines for people, or"
                                + " one JSON object a line.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static LogFormat from(Map<String, ?> parsed) {
        return valueOf(((String) parsed.get(KEY)).toUpperCase(Locale.ROOT));
    }

    /** What writes such lines. */
    Encoder<ILoggingEvent> encoder(LoggerContext context) {
        return this == JSON ? json(context) : text(context);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithMDC(false);
        // The message as people read it; its pattern and arguments would say it twice.
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.start();
        return encoder;
    }
}
