package io.maestream.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** Processor time of threads, user and system. */
final class ThreadTimes {
    private static final double NANOS = 1e9;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Seconds of this thread so far. */
    double own() {
        return threads.getCurrentThreadCpuTime() / NANOS;
    }

    /** Seconds so far of all living threads whose names contain this. */
    double named(String part) {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().contains(part)) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum / NANOS;
    }
}
