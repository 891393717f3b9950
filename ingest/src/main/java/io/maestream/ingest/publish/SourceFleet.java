package io.maestream.ingest.publish;

import io.maestream.ingest.source.Backoff;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.SourceObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Several sources through one publisher, each on a thread of its own. A source that fails does not
 * stop the others: an endless one is opened anew after a while, one with an end counts as failed.
 * Only a failure to publish ends them all.
 */
public final class SourceFleet {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    private final List<Member> members;
    private final ImagePublisher publisher;
    private final PublishObserver observer;
    private final SourceObserver sources;
    private final Backoff backoff;
    private final Pacer pacer = Pacer.realTime();
    private final Map<String, ImageSource> open = new ConcurrentSkipListMap<>();
    private final Map<String, Exception> failed = new ConcurrentSkipListMap<>();
    private final AtomicReference<PublishException> fatal = new AtomicReference<>();
    private volatile boolean stopped;

    /** Makes a source. */
    @FunctionalInterface
    public interface Opener {

        /** A new source, owned by whoever asked for it. */
        ImageSource open() throws IOException;
    }

    /**
     * One of the sources.
     *
     * @param name unique among them
     * @param endless whether it has no end of its own, and so is opened anew when it fails
     */
    public record Member(String name, boolean endless, Opener opener) {}

    /** Who is told of what. */
    public record Observers(PublishObserver publishing, SourceObserver sources) {}

    /** A fleet that owns the publisher. */
    public SourceFleet(List<Member> members, ImagePublisher publisher, Observers observers) {
        this(members, publisher, observers, Backoff.USUAL);
    }

    SourceFleet(
            List<Member> members, ImagePublisher publisher, Observers observers, Backoff backoff) {
        this.members = List.copyOf(members);
        this.publisher = publisher;
        this.observer = observers.publishing();
        this.sources = observers.sources();
        this.backoff = backoff;
    }

    /**
     * Publishes until all sources have ended or {@link #stop()} is called; every image that was
     * taken is acknowledged then.
     *
     * @return what each source with an end failed of, by its name
     * @throws PublishException if an image could not be published
     * @throws InterruptedException if the thread is interrupted
     */
    public Map<String, Exception> run() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(members.size());
        List<Thread> threads = new ArrayList<>();
        try (publisher) {
            for (Member member : members) {
                Thread thread = new Thread(() -> run(member, running), "source-" + member.name());
                threads.add(thread);
                thread.start();
            }
            while (!running.await(REPORT_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                observer.progress(publisher.totals());
            }
            observer.progress(publisher.totals());
        } finally {
            stop();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        if (fatal.get() != null) {
            throw fatal.get();
        }
        return Map.copyOf(failed);
    }

    /** Asks all sources to end after the image in hand; may be called by any thread. */
    public void stop() {
        stopped = true;
        pacer.close();
        open.values().forEach(ImageSource::close);
    }

    private void run(Member member, CountDownLatch running) {
        try {
            int failures = 0;
            while (!stopped && !pump(member)) {
                Duration delay =
                        backoff.delay(++failures, ThreadLocalRandom.current().nextDouble());
                sources.retrying(
                        member.name(), String.valueOf(failed.remove(member.name())), delay);
                pacer.await(pacer.now().plus(delay));
            }
        } catch (PublishException e) {
            fatal.compareAndSet(null, e);
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.countDown();
        }
    }

    /** False if the source has failed and is to be opened anew. */
    private boolean pump(Member member) throws InterruptedException {
        try {
            ImageSource source = member.opener().open();
            open.put(member.name(), source);
            try (source) {
                publishAll(source);
            } finally {
                open.remove(member.name());
                settle(source);
            }
            return true;
        } catch (PublishException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failed.put(member.name(), e);
            return !member.endless();
        }
    }

    private void publishAll(ImageSource source) throws IOException, InterruptedException {
        Optional<SourceImage> image = stopped ? Optional.empty() : source.next();
        while (image.isPresent()) {
            publisher.publish(image.get(), source::acknowledged);
            image = stopped ? Optional.empty() : source.next();
        }
    }

    /** What the source has given is acknowledged before it lets go of its memory. */
    private void settle(ImageSource source) {
        try {
            publisher.flush();
        } finally {
            source.release();
        }
    }
}
