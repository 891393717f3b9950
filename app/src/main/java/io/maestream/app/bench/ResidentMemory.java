package io.maestream.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's resident memory, from Linux's /proc. */
public final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ResidentMemory() {}

    /** The largest it has been, MiB; -1 where the system does not tell. */
    public static long peakMebibytes() {
        long kibibytes = kibibytes("VmHWM:");
        return kibibytes < 0 ? kibibytes : kibibytes / 1024;
    }

    /** What it is now, KiB; -1 where the system does not tell. */
    public static long currentKibibytes() {
        return kibibytes("VmRSS:");
    }

    private static long kibibytes(String key) {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
