package io.maestream.mae;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * How a batch is cut for computing its gradients. The gradients of the parts are summed, always in
 * the same order, so that the weights depend on this split, but not on how many processors there
 * are.
 *
 * @param lanes shares of the batch that are computed side by side where there are processors for it
 * @param microBatch most images that a lane computes at once, for batches whose activations do not
 *     fit into memory; 0 for all of its share
 */
public record BatchSplit(int lanes, int microBatch) {

    /**
     * A fixed number, since the results depend on it. Two lanes of half the threads do without most
     * of the waiting for each other after every operation, which costs a step up to a fifth
     * (docs/benchmarks.md).
     */
    private static final int LANES_ON_CPU = 2;

    public BatchSplit {
        if (lanes < 1 || microBatch < 0) {
            throw new IllegalArgumentException(
                    "a batch needs at least 1 lane and no negative micro-batch, got %d and %d"
                            .formatted(lanes, microBatch));
        }
    }

    /** Two lanes on a CPU, one on a GPU; the whole share at once. */
    public static BatchSplit usual(Device device) {
        return usual(device, 0);
    }

    /** The same with at most so many images at once; 0 for no limit. */
    public static BatchSplit usual(Device device, int microBatch) {
        return new BatchSplit(device.isGpu() ? 1 : LANES_ON_CPU, microBatch);
    }

    /** The parts of each lane; lanes without images are left out. */
    List<List<BatchPart>> of(int images) {
        List<List<BatchPart>> shares = new ArrayList<>();
        for (BatchPart share : evenly(new BatchPart(0, images), lanes)) {
            int parts = microBatch == 0 ? 1 : (share.size() + microBatch - 1) / microBatch;
            shares.add(evenly(share, parts));
        }
        return shares;
    }

    /** Sizes differ by one at most, the bigger ones first. */
    private static List<BatchPart> evenly(BatchPart whole, int count) {
        List<BatchPart> parts = new ArrayList<>();
        int first = whole.first();
        for (int i = 0; i < Math.min(count, whole.size()); i++) {
            int size = whole.size() / count + (i < whole.size() % count ? 1 : 0);
            parts.add(new BatchPart(first, size));
            first += size;
        }
        return parts;
    }
}
