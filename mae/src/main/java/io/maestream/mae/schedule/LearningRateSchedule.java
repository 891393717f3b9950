package io.maestream.mae.schedule;

/** The learning rate, decided by the step alone, so that a resumed run goes on as it would have. */
public interface LearningRateSchedule {

    /**
     * @param step steps made so far; 0 for the first one
     */
    double learningRate(long step);
}
