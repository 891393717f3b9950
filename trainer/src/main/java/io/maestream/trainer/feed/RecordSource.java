package io.maestream.trainer.feed;

import java.time.Duration;
import java.util.List;

/** Where the feed takes records from, in the order of the log of each partition. */
public interface RecordSource {

    /**
     * Takes what has arrived, waiting at most {@code patience} for something. Also keeps the group
     * membership alive, so it is called even when nothing is wanted.
     *
     * @param wanted false pauses the intake (back-pressure): nothing is returned
     */
    List<StreamRecord> poll(boolean wanted, Duration patience);

    /**
     * What was passed over since the last call: what is polled from these partitions later lies
     * behind it.
     */
    default List<Gap> passedOver() {
        return List.of();
    }

    /** Records in the log that have not been polled yet, or -1 if unknown. */
    long lag();
}
