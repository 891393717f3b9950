package io.maestream.mae;

import java.util.List;

/**
 * A model in host memory: all that its next step depends on.
 *
 * @param step steps applied so far
 * @param parameters weights, and the two fixed position tables, sorted by name
 * @param firstMoments AdamW's, named as the weight they belong to
 * @param secondMoments likewise
 * @param averages exponential moving averages of the parameters, named alike; empty without
 */
public record TrainState(
        long step,
        List<NamedTensor> parameters,
        List<NamedTensor> firstMoments,
        List<NamedTensor> secondMoments,
        List<NamedTensor> averages) {

    public TrainState {
        parameters = List.copyOf(parameters);
        firstMoments = List.copyOf(firstMoments);
        secondMoments = List.copyOf(secondMoments);
        averages = List.copyOf(averages);
    }

    /** A model that keeps no averages. */
    public TrainState(
            long step,
            List<NamedTensor> parameters,
            List<NamedTensor> firstMoments,
            List<NamedTensor> secondMoments) {
        this(step, parameters, firstMoments, secondMoments, List.of());
    }
}
