package io.maestream.ingest.source.directory;

import java.time.Duration;

/**
 * How a directory is watched.
 *
 * @param scanEvery time between two looks
 * @param settle how long a file must not have changed to count as whole
 * @param maxImageBytes files larger than this are not read into memory, in bytes
 */
public record WatchSettings(Duration scanEvery, Duration settle, int maxImageBytes) {

    /** A look each second, and two seconds of rest. */
    public static WatchSettings defaults(int maxImageBytes) {
        return new WatchSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), maxImageBytes);
    }

    /** Checks the times. */
    public WatchSettings {
        if (scanEvery.isNegative() || scanEvery.isZero() || settle.isNegative()) {
            throw new IllegalArgumentException(
                    "looks must be apart and a rest not negative, not %s and %s"
                            .formatted(scanEvery, settle));
        }
    }
}
