package io.maestream.follower.follow;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it was told, a line each. */
class RecordingObserver implements FollowObserver {

    final List<String> lines = new ArrayList<>();

    @Override
    public void evaluated(CheckpointCommitted event, CheckpointEvaluated score, Duration took) {
        lines.add("evaluated " + event.getStep());
    }

    @Override
    public void refused(CheckpointCommitted event, String reason) {
        lines.add("refused " + event.getStep() + ": " + reason);
    }

    @Override
    public void superseded(CheckpointCommitted event) {
        lines.add("superseded " + event.getStep());
    }

    @Override
    public void late(CheckpointCommitted event, String reason, Duration next) {
        lines.add("late " + event.getStep() + ": " + reason);
    }

    @Override
    public void unreadable(String place, String reason) {
        lines.add("unreadable " + place);
    }
}
