package io.maestream.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * From the shares' gradients to new weights: sum, global norm, clip, AdamW; each lane with its
 * portion of the weights.
 */
final class Optimizer {

    private final Kernels kernels;
    private final Weights weights;
    private final Lanes lanes;
    private final List<List<Integer>> portions;

    Optimizer(Kernels kernels, Weights weights, Lanes lanes, int count) {
        this.kernels = kernels;
        this.weights = weights;
        this.lanes = lanes;
        this.portions =
                portions(weights.parameters().stream().mapToLong(NDArray::size).toArray(), count);
    }

    /**
     * Changes weights and moments, unless loss or norm is not finite.
     *
     * @param shares losses and gradients of each share of the batch
     * @return mean loss, gradient norm before clipping, 1 if applied else 0, then every image's
     *     loss
     */
    float[] apply(NDManager scope, List<NDList> shares, double learningRate) {
        NDArray norms = concat(perPortion(scope, (lane, at) -> sum(lane, shares, at)));
        NDArray losses = concat(shares.stream().map(share -> share.get(0)).toList());
        NDArray count = weights.count();
        NDArray verdict =
                kernels.call(scope, "judge", List.of(losses, norms, count), List.of()).get(0);
        List<NDArray> verdictAndRate = List.of(verdict, scope.create((float) learningRate));
        NDList sums = shares.get(0);
        perPortion(scope, (lane, at) -> update(lane, verdictAndRate, sums, at));
        return verdict.toFloatArray();
    }

    @FunctionalInterface
    private interface OnPortion {
        NDArray of(NDManager lane, List<Integer> indices);
    }

    private List<NDArray> perPortion(NDManager scope, OnPortion action) {
        List<Supplier<NDArray>> work = new ArrayList<>();
        for (List<Integer> portion : portions) {
            NDManager lane = scope.newSubManager();
            work.add(() -> action.of(lane, portion));
        }
        return lanes.run(work);
    }

    /** Adds to the first share's gradients in place; returns their norms. */
    private NDArray sum(NDManager lane, List<NDList> shares, List<Integer> indices) {
        List<NDArray> sums = pick(gradient(shares.get(0)), indices);
        if (shares.size() == 1) {
            return kernels.call(lane, "norms", List.of(), List.of(sums)).get(0);
        }
        NDArray norms = null;
        for (NDList share : shares.subList(1, shares.size())) {
            List<List<NDArray>> lists = List.of(sums, pick(gradient(share), indices));
            norms = kernels.call(lane, "accumulate", List.of(), lists).get(0);
        }
        return norms;
    }

    private NDArray update(
            NDManager lane, List<NDArray> verdictAndRate, NDList sums, List<Integer> indices) {
        List<NDArray> arrays = new ArrayList<>(verdictAndRate);
        arrays.add(weights.count());
        List<List<NDArray>> lists =
                List.of(
                        pick(weights.parameters()::get, indices),
                        pick(weights.firstMoments()::get, indices),
                        pick(weights.secondMoments()::get, indices),
                        pick(gradient(sums), indices));
        return kernels.call(lane, "update", arrays, lists).get(0);
    }

    private static IntFunction<NDArray> gradient(NDList share) {
        return i -> share.get(i + 1);
    }

    private static List<NDArray> pick(IntFunction<NDArray> from, List<Integer> indices) {
        List<NDArray> picked = new ArrayList<>();
        for (int i : indices) {
            picked.add(from.apply(i));
        }
        return picked;
    }

    private static NDArray concat(List<NDArray> parts) {
        NDArray all = parts.get(0);
        for (NDArray part : parts.subList(1, parts.size())) {
            all = all.concat(part);
        }
        return all;
    }

    /** One after the other to the portion that is smallest so far, so that lanes end together. */
    static List<List<Integer>> portions(long[] sizes, int count) {
        List<List<Integer>> portions = new ArrayList<>();
        for (int k = 0; k < Math.min(count, sizes.length); k++) {
            portions.add(new ArrayList<>());
        }
        long[] sums = new long[portions.size()];
        for (int i = 0; i < sizes.length; i++) {
            int smallest = 0;
            for (int k = 1; k < sums.length; k++) {
                smallest = sums[k] < sums[smallest] ? k : smallest;
            }
            portions.get(smallest).add(i);
            sums[smallest] += sizes[i];
        }
        return portions;
    }
}
