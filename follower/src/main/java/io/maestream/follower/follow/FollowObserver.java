package io.maestream.follower.follow;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import java.time.Duration;

/** Is told what becomes of each event. */
public interface FollowObserver {

    /** A checkpoint was scored, and the score is committed. */
    void evaluated(CheckpointCommitted event, CheckpointEvaluated score, Duration took);

    /** A checkpoint cannot be used and never will be; it is passed over for good. */
    void refused(CheckpointCommitted event, String reason);

    /** A newer one waited already. */
    void superseded(CheckpointCommitted event);

    /** The store or the broker did not answer; the next try follows. */
    void late(CheckpointCommitted event, String reason, Duration next);

    /** A record that is no event was passed over. */
    void unreadable(String place, String reason);
}
