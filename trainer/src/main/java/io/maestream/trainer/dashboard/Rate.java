package io.maestream.trainer.dashboard;

/** Events per second over the last half minute, in as many counters. */
final class Rate {

    private static final int SECONDS = 30;

    private final int[] counts = new int[SECONDS];
    private long first = -1;
    private long newest = -1;

    void add(int events, long nowMillis) {
        long second = nowMillis / 1000;
        if (first < 0) {
            first = second;
        }
        advance(second);
        counts[(int) (second % SECONDS)] += events;
    }

    /** Of whole seconds; those before the first event do not count. */
    double at(long nowMillis) {
        long second = nowMillis / 1000;
        if (first < 0 || second == first) {
            return 0;
        }
        advance(second);
        int sum = 0;
        for (int i = 0; i < SECONDS; i++) {
            sum += i == second % SECONDS ? 0 : counts[i];
        }
        return (double) sum / Math.min(SECONDS - 1, second - first);
    }

    private void advance(long second) {
        if (newest < 0) {
            newest = second;
        }
        long steps = Math.min(SECONDS, second - newest);
        for (long i = 1; i <= steps; i++) {
            counts[(int) ((second - steps + i) % SECONDS)] = 0;
        }
        newest = Math.max(newest, second);
    }
}
