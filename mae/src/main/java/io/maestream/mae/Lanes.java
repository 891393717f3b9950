package io.maestream.mae;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Computes several things side by side, each with its share of libtorch's threads: the first on the
 * caller's thread, the others on threads of their own.
 */
final class Lanes implements AutoCloseable {

    /** What libtorch chose for this machine, before anything here changes it. */
    private static final int THREADS = JniUtils.getNumThreads();

    private final int threadsEach;
    private final ExecutorService others;

    /**
     * @param count at most so many at a time; one after the other where threads are fewer
     */
    Lanes(int count) {
        boolean sideBySide = count > 1 && THREADS >= count;
        threadsEach = sideBySide ? THREADS / count : THREADS;
        others = sideBySide ? Executors.newFixedThreadPool(count - 1, this::thread) : null;
    }

    /** The results in the order of the work. Waits for all of it, then throws what one threw. */
    <T> List<T> run(List<Supplier<T>> work) {
        if (others == null || work.size() == 1) {
            return work.stream().map(Supplier::get).toList();
        }
        List<CompletableFuture<T>> results = new ArrayList<>();
        JniUtils.setNumThreads(threadsEach);
        try {
            for (Supplier<T> one : work.subList(1, work.size())) {
                results.add(CompletableFuture.supplyAsync(one, others));
            }
            results.add(0, own(work.get(0)));
            CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            JniUtils.setNumThreads(THREADS);
        }
        return results.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdown();
        }
    }

    private static <T> CompletableFuture<T> own(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Thread thread(Runnable work) {
        Runnable own =
                () -> {
                    // The first question makes libtorch give a new thread its default.
                    JniUtils.getNumThreads();
                    JniUtils.setNumThreads(threadsEach);
                    work.run();
                };
        Thread thread = new Thread(own, "mae-lane");
        thread.setDaemon(true);
        return thread;
    }
}
