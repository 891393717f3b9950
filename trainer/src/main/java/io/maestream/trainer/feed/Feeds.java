package io.maestream.trainer.feed;

import io.maestream.schemas.PreparedImage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Opens feeds: anew, or where a checkpoint left off.
 *
 * @param settings how the feed works
 * @param batching what decides a batch
 * @param deserializer of prepared images
 * @param badRecords told about what cannot be trained on
 */
public record Feeds(
        FeedSettings settings,
        Batching batching,
        Deserializer<PreparedImage> deserializer,
        BadRecord.Sink badRecords) {

    /**
     * @param state of the feed to go on from
     * @param records those that the state refers to, read again
     */
    public Feed open(RecordSource source, FeedState state, Reread records) {
        ImageDecoder images =
                new ImageDecoder(batching.side(), batching.channels(), settings.augmentation());
        RecordDecoder decoder =
                new RecordDecoder(deserializer, images, badRecords, batching.runSeed());
        return new Feed(
                source, decoder, FeedStart.of(state, records, settings, batching), workers());
    }

    private ExecutorService workers() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                settings.workers(),
                task -> {
                    Thread thread = new Thread(task, "decode-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
