package io.maestream.app.status;

import io.maestream.app.demo.TrainingState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run is doing.
 *
 * @param id the run's name
 * @param group its trainers
 * @param steps its newest steps; empty if none is in the tail of {@code training.metrics}
 * @param checkpoint the last committed one
 * @param score of that checkpoint
 */
public record RunStatus(
        String id,
        GroupStatus group,
        Optional<Steps> steps,
        Optional<CheckpointCommitted> checkpoint,
        Optional<CheckpointEvaluated> score) {
    /** Without a step for so long a trainer waits for something. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * The newest steps.
     *
     * @param state what the last few amount to
     * @param losses oldest first, those that were finite
     * @param lastAt when the last one was made
     */
    public record Steps(TrainingState state, List<Float> losses, Instant lastAt) {
        /** Copies the list. */
        public Steps {
            losses = List.copyOf(losses);
        }
    }

    /** What its trainers are up to. */
    public enum Activity {
        /** Steps are made. */
        TRAINING,
        /** A trainer is active and makes no steps. */
        WAITING,
        /** Trainers are there and none is active. */
        CHANGING,
        /** No trainer is there. */
        STOPPED
    }

    /** What its trainers are up to at this time. */
    public Activity activity(Instant now) {
        if (!group.hasMembers()) {
            return Activity.STOPPED;
        }
        if (group.active().isEmpty()) {
            return Activity.CHANGING;
        }
        boolean steps =
                this.steps
                        .filter(s -> Duration.between(s.lastAt(), now).compareTo(PATIENCE) < 0)
                        .isPresent();
        return steps ? Activity.TRAINING : Activity.WAITING;
    }

    /** When it was last heard of: its last step, else its last checkpoint. */
    Instant lastHeard() {
        return steps.map(Steps::lastAt)
                .or(() -> checkpoint.map(CheckpointCommitted::getCommittedAt))
                .orElse(Instant.EPOCH);
    }
}
