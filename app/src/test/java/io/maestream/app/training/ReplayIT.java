package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.fault.KillPoint;
import io.maestream.app.fault.KillSeries;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.Progress;
import io.maestream.trainer.ReplayResult;
import io.maestream.trainer.checkpoint.LineageAudit;
import io.maestream.trainer.report.StepReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A checkpoint that is trained again comes out the same, whatever happened to its run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class ReplayIT {

    @RegisterExtension static final ReplayedRuns runs = new ReplayedRuns();

    @Test
    @Order(1)
    void shouldComeOutTheSameForEveryCheckpointOfARunThatWasStoppedAndKilled() throws Exception {
        // Given a run on three partitions with a replay memory, stopped twice and killed once
        runs.train("three", 6, ReplayedRuns.OFTEN);
        runs.publish(30);
        try (KillSeries series =
                new KillSeries(runs.bootstrapServers(), "three", runs.store(), 1)) {
            series.kill(KillPoint.BEFORE_MANIFEST, 1);
        }
        runs.train("three", 15, ReplayedRuns.OFTEN);
        runs.publish(30);
        runs.train("three", 24, ReplayedRuns.OFTEN);
        List<CheckpointCommitted> events = Training.committed(runs.clients(), "three");
        assertThat(events).hasSizeGreaterThanOrEqualTo(5);
        assertThat(LineageAudit.of(events).problems()).isEmpty();
        assertThat(events.get(0).getOffsetRanges()).as("partitions").hasSizeGreaterThan(1);

        // When each is trained again, then it has the same weights, moments and feed
        for (CheckpointCommitted event : events) {
            ReplayResult result = runs.replay("three", event, events, ReplayedRuns.OFTEN);
            assertThat(result.files()).hasSize(4).allMatch(ReplayResult.Compared::equal);
            assertThat(result.sameFeed()).isTrue();
            assertThat(result.parentId()).isEqualTo(event.getParentId());
        }
        assertThat(Training.committed(runs.clients(), "three"))
                .as("nothing is published")
                .isEqualTo(events);
    }

    @Test
    @Order(2)
    void shouldComeOutTheSameAfterStepsThatWereNotFinite() throws Exception {
        // Given a run whose weights grow until they overflow, stopped after five skipped steps
        Map<String, String> growing = growing(Map.of("train.max.skipped.steps", "1000"));
        runs.publish(180);
        runs.trainUntil("overflowing", growing, new StopAfterSkipped(5));
        List<CheckpointCommitted> events = Training.committed(runs.clients(), "overflowing");
        CheckpointCommitted last = events.get(events.size() - 1);

        // When
        ReplayResult result = runs.replay("overflowing", last, events, growing);

        // Then
        assertThat(result.equal()).isTrue();
    }

    @Test
    @Order(3)
    void shouldComeOutTheSameWhenTheRunHadGoneBack() throws Exception {
        // Given a run that overflowed, went back to its parent, and was stopped one step later
        Map<String, String> growing =
                growing(Map.of("train.max.skipped.steps", "3", "checkpoint.every.images", "40"));
        // A committed parent, whichever is quicker then: the overflow or a checkpoint's files.
        runs.train("back", 4, growing);
        runs.trainUntil("back", growing, new StopAfterGoingBack());
        List<CheckpointCommitted> events = Training.committed(runs.clients(), "back");
        CheckpointCommitted last = events.get(events.size() - 1);
        assertThat(last.getSkippedRanges()).isNotEmpty();
        assertThat(LineageAudit.of(events).problems()).isEmpty();

        // When
        ReplayResult result = runs.replay("back", last, events, growing);

        // Then
        assertThat(result.equal()).isTrue();
    }

    @Test
    @Order(4)
    void shouldComeOutTheSameWhenOldImagesWerePassedOver() throws Exception {
        // Given a run that lets 100 images wait at most, behind 300, and later behind 150 more
        Map<String, String> fresh =
                Map.of("train.lag.policy", "skip-to-fresh", "train.lag.max", "100");
        runs.train("fresh", 4, fresh);
        runs.publish(150);
        runs.train("fresh", 9, fresh);
        List<CheckpointCommitted> events = Training.committed(runs.clients(), "fresh");

        // Then both events name what was passed over, on every partition, and all ranges meet
        LineageAudit.Report report = LineageAudit.of(events);
        assertThat(report.problems()).isEmpty();
        assertThat(events).hasSize(2);
        assertThat(events).allSatisfy(event -> assertThat(event.getSkippedRanges()).isNotEmpty());
        long skipped =
                report.skipped().stream().mapToLong(gap -> gap.getUntil() - gap.getFrom()).sum();
        assertThat(skipped).isGreaterThan(250);

        // And each comes out the same
        for (CheckpointCommitted event : events) {
            assertThat(runs.replay("fresh", event, events, fresh).equal()).isTrue();
        }
    }

    private static Map<String, String> growing(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("train.learning.rate", "0.4");
        keys.put("train.weight.decay", "10");
        keys.put("train.warmup.steps", "0");
        return keys;
    }

    private static final class StopAfterSkipped extends ReplayedRuns.Stopping {
        private final int steps;

        StopAfterSkipped(int steps) {
            this.steps = steps;
        }

        @Override
        public void stepped(StepReport step) {
            if (step.progress().skippedSteps() == steps) {
                stop();
            }
        }
    }

    private static final class StopAfterGoingBack extends ReplayedRuns.Stopping {
        private boolean wentBack;

        @Override
        public void wentBack(String checkpointId, Progress from) {
            wentBack = true;
        }

        @Override
        public void stepped(StepReport step) {
            if (wentBack && step.result().applied()) {
                stop();
            }
        }
    }
}
