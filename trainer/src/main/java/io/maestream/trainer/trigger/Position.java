package io.maestream.trainer.trigger;

import io.maestream.schemas.StepMetrics;
import java.nio.ByteBuffer;

/**
 * Where a run stands.
 *
 * @param step of the run
 * @param images trained on since it began
 * @param atMillis when, in milliseconds since 1970, by the trainer's clock
 */
record Position(long step, long images, long atMillis) {

    static final int BYTES = 3 * Long.BYTES;

    static Position of(StepMetrics step) {
        return new Position(step.getStep(), step.getImagesSeen(), step.getAt().toEpochMilli());
    }

    /** Whichever is further in the run. */
    Position orLater(Position other) {
        return other.step > step ? other : this;
    }

    void write(ByteBuffer out) {
        out.putLong(step).putLong(images).putLong(atMillis);
    }

    static Position read(ByteBuffer in) {
        return new Position(in.getLong(), in.getLong(), in.getLong());
    }
}
