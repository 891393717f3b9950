package io.maestream.ingest.prepare;

import io.maestream.ingest.payload.BadPayloadException;
import io.maestream.ingest.payload.PayloadReader;
import io.maestream.schemas.PayloadReference;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Tries again, after growing jittered pauses, when a store cannot be read at present. */
final class RetryingPayloadReader implements PayloadReader {

    /** Shorter than a transaction of Kafka Streams may take, which is open meanwhile. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final long FIRST_PAUSE_MILLIS = 50;

    private final PayloadReader reader;
    private final Duration patience;
    private final CountDownLatch stopping;

    /**
     * @param stopping released when waiting is to end at once
     */
    RetryingPayloadReader(PayloadReader reader, Duration patience, CountDownLatch stopping) {
        this.reader = reader;
        this.patience = patience;
        this.stopping = stopping;
    }

    @Override
    public byte[] read(PayloadReference reference) throws BadPayloadException, IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause *= 2) {
            try {
                return reader.read(reference);
            } catch (IOException e) {
                if (System.nanoTime() + pause * 1_000_000 > deadline || stops(pause)) {
                    throw e;
                }
            }
        }
    }

    private boolean stops(long pause) throws InterruptedIOException {
        try {
            long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
            return stopping.await(jittered, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the store");
        }
    }
}
