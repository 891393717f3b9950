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
        return mebibytes("VmHWM:");
    }

    /** What it is now, MiB; -1 where the system does not tell. */
    public static long currentMebibytes() {
        return mebibytes("VmRSS:");
    }

    private static long mebibytes(String key) {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
