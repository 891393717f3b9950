package io.maestream.ingest.upload;

import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.publish.RawImageSender;
import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Uploaded images onto the topic; returns once all of an upload are acknowledged. */
final class UploadPublisher {

    private final RawImageSender sender;
    private final Clock clock;
    private final AtomicLong sequence = new AtomicLong();

    UploadPublisher(RawImageSender sender, Clock clock) {
        this.sender = sender;
        this.clock = clock;
    }

    int maxImageBytes() {
        return sender.maxImageBytes();
    }

    /**
     * @throws RefusedException if one was not acknowledged; it may be on the topic all the same, as
     *     others of the same upload may be
     */
    List<SourceImage> publish(List<byte[]> images, UploadQuery query)
            throws RefusedException, InterruptedException {
        Instant now = clock.instant();
        List<SourceImage> sent = new ArrayList<>();
        List<CompletableFuture<Void>> outcomes = new ArrayList<>();
        for (byte[] bytes : images) {
            SourceImage image = image(bytes, query, sent.size(), now);
            sent.add(image);
            outcomes.add(send(image));
        }
        try {
            CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)).get();
            return sent;
        } catch (ExecutionException e) {
            throw RefusedException.unavailable(
                    "the brokers did not acknowledge it; send it again (what is there twice is"
                            + " found by its digest)");
        }
    }

    private CompletableFuture<Void> send(SourceImage image) throws InterruptedException {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        try {
            sender.send(
                    image,
                    error ->
                            error.ifPresentOrElse(
                                    outcome::completeExceptionally, () -> outcome.complete(null)));
        } catch (IOException | RuntimeException e) {
            outcome.completeExceptionally(e);
        }
        return outcome;
    }

    private SourceImage image(byte[] bytes, UploadQuery query, int index, Instant now) {
        String id =
                query.id()
                        .map(given -> index == 0 ? given : given + "#" + (index + 1))
                        .orElseGet(() -> Sha256.of(bytes));
        return new SourceImage(
                query.source(),
                id,
                sequence.getAndIncrement(),
                query.capturedAt().orElse(now),
                bytes,
                bytes.length,
                "upload:" + query.source() + "/" + id);
    }
}
