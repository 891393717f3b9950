package io.maestream.mae;

import java.util.List;

/**
 * A model in host memory: all that its next step depends on.
 *
 * @param step steps applied so far
 * @param parameters weights, and the two fixed position tables, sorted by name
 * @param firstMoments AdamW's, named as the weight they belong to
 * @param secondMoments likewise
 */
public record TrainState(
        long step,
        List<NamedTensor> parameters,
        List<NamedTensor> firstMoments,
        List<NamedTensor> secondMoments) {

    public TrainState {
        parameters = List.copyOf(parameters);
        firstMoments = List.copyOf(firstMoments);
        secondMoments = List.copyOf(secondMoments);
    }
}
