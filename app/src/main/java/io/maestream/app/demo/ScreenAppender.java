package io.maestream.app.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Shows our own warnings as lines of the screen, in place of the console, for as long as it is
 * open: the console would write them into the status line.
 */
public final class ScreenAppender extends AppenderBase<ILoggingEvent> {
    private static final String OURS = "io.maestream";

    private final Screen screen;
    private final List<Appender<ILoggingEvent>> replaced = new ArrayList<>();

    private ScreenAppender(Screen screen) {
        this.screen = screen;
    }

    /** Takes the console's place, or does nothing under another logging backend. */
    public static ScreenAppender open(Screen screen) {
        ScreenAppender appender = new ScreenAppender(screen);
        appender.start();
        if (LoggerFactory.getLogger(OURS) instanceof Logger ours) {
            Iterator<Appender<ILoggingEvent>> present = ours.iteratorForAppenders();
            present.forEachRemaining(appender.replaced::add);
            appender.replaced.forEach(ours::detachAppender);
            ours.addAppender(appender);
        }
        return appender;
    }

    /** Gives the console its place back. */
    public void close() {
        stop();
        if (LoggerFactory.getLogger(OURS) instanceof Logger ours) {
            ours.detachAppender(this);
            replaced.forEach(ours::addAppender);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            screen.line(event.getLevel() + " " + event.getFormattedMessage() + keyValues(event));
        }
    }

    private static String keyValues(ILoggingEvent event) {
        return event.getKeyValuePairs() == null
                ? ""
                : event.getKeyValuePairs().stream()
                        .map(pair -> " " + pair)
                        .collect(Collectors.joining());
    }
}
