package io.maestream.app.command.base;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and sizes as people read them. */
public final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private Words() {}

    /** UTC, to the second. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** Mebibytes, one digit behind the point. */
    public static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
    }

    /** A share of 1 in percent, one digit behind the point. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
