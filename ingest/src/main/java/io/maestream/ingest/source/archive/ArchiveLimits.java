package io.maestream.ingest.source.archive;

/**
 * How much an archive may hold before it counts as hostile.
 *
 * @param maxImageBytes entries larger than this are not read into memory, in bytes
 * @param maxEntries entries of any kind
 * @param maxRatio bytes that come out for each byte that is read
 */
public record ArchiveLimits(int maxImageBytes, long maxEntries, int maxRatio) {

    /** Small contents may shrink to almost nothing; below this many bytes no ratio counts. */
    static final long RATIO_FROM_BYTES = 16L * 1024 * 1024;

    /** Checks that all are positive. */
    public ArchiveLimits {
        if (maxImageBytes < 1 || maxEntries < 1 || maxRatio < 1) {
            throw new IllegalArgumentException(
                    "limits of an archive must be at least 1, not %d, %d, %d"
                            .formatted(maxImageBytes, maxEntries, maxRatio));
        }
    }

    /** Ten million entries, and 200 bytes for one. */
    public static ArchiveLimits defaults(int maxImageBytes) {
        return new ArchiveLimits(maxImageBytes, 10_000_000, 200);
    }

    /** Whether so much out of so little must be a bomb. */
    boolean isBomb(long read, long out) {
        return out > RATIO_FROM_BYTES && out / maxRatio > read;
    }
}
