package io.maestream.trainer.feed;

import io.maestream.mae.ImageBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A batch whose records have been drawn or are being drawn, and are decoded meanwhile. Images that
 * turn out bad are left out, the rest closes ranks in its order, so what is trained on depends only
 * on the records.
 */
final class BatchInProgress {

    /** What a decoding task found: the image's source and mask seed. */
    record Decoded(String sourceId, long maskSeed) {}

    private final ByteBuffer pixels;
    private final int bytesPerImage;
    private final List<CompletableFuture<Optional<Decoded>>> images = new ArrayList<>();
    private FeedState after;

    BatchInProgress(ByteBuffer pixels, int bytesPerImage) {
        this.pixels = pixels;
        this.bytesPerImage = bytesPerImage;
    }

    ByteBuffer pixels() {
        return pixels;
    }

    int drawn() {
        return images.size();
    }

    void add(CompletableFuture<Optional<Decoded>> image) {
        images.add(image);
    }

    void completeDrawing(FeedState state) {
        this.after = state;
    }

    boolean isDrawn() {
        return after != null;
    }

    /** Waits for the decoding and returns the batch. */
    TrainingBatch join() {
        List<Decoded> good = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            Optional<Decoded> decoded = images.get(i).join();
            if (decoded.isPresent()) {
                moveDown(i, good.size());
                good.add(decoded.get());
            }
        }
        ByteBuffer used = pixels.duplicate().order(pixels.order());
        used.position(0).limit(good.size() * bytesPerImage);
        long[] seeds = good.stream().mapToLong(Decoded::maskSeed).toArray();
        List<String> sources = good.stream().map(Decoded::sourceId).toList();
        return new TrainingBatch(
                new ImageBatch(used, good.size(), seeds),
                sources,
                after,
                images.size() - good.size());
    }

    private void moveDown(int from, int to) {
        if (from != to) {
            pixels.put(to * bytesPerImage, pixels, from * bytesPerImage, bytesPerImage);
        }
    }
}
