package io.maestream.trainer.dashboard;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.StepMetrics;
import io.maestream.trainer.report.PanelSample;
import java.util.List;

/** Told what a run's topics and brokers say, whoever trains it. */
interface RunFacts {

    /** Steps from before somebody began to look, the oldest first; may be told again. */
    void past(List<StepMetrics> steps);

    /** A step of the run. */
    void reported(StepMetrics step);

    /** A checkpoint of the run. */
    void recorded(CheckpointCommitted event);

    /** The last checkpoint of any run. */
    void latest(CheckpointCommitted event);

    /** A score of one of the run's checkpoints. */
    void evaluated(CheckpointEvaluated event);

    /** A trigger asked for a checkpoint of the run. */
    void requested(CheckpointRequested request);

    /** What preparation made of a source's images so far. */
    void prepared(SourceStatus status);

    /** A panel of the run. */
    void drawn(PanelSample sample);

    /** The run's trainers. */
    void members(Group trainers);

    /** Whether the brokers answered when they were last asked. */
    void brokersAnswer(boolean answer);
}
