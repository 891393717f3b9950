package io.maestream.follower.follow;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.TriggerKind;

/**
 * Which checkpoints are scored, and under what name.
 *
 * @param runId the run
 * @param evaluator who gives the scores: scores of one evaluator can be compared, so its images and
 *     method must stay the same
 * @param releasesOnly whether only release checkpoints count
 * @param newestOnly whether, of several that wait, only the newest is scored
 */
public record FollowSettings(
        String runId, String evaluator, boolean releasesOnly, boolean newestOnly) {

    public FollowSettings {
        if (runId.isBlank() || evaluator.isBlank()) {
            throw new IllegalArgumentException("a follower needs the name of a run and its own");
        }
    }

    /**
     * Under which the place in the log is kept, and of which one at a time may commit: consumer
     * group and transactional id.
     */
    public String group() {
        return "maestream-follow-" + evaluator + "-" + runId;
    }

    boolean wants(CheckpointCommitted event) {
        return event.getRunId().equals(runId)
                && (!releasesOnly || event.getTrigger().getKind() == TriggerKind.RELEASE);
    }
}
