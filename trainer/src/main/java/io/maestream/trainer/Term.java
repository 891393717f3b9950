package io.maestream.trainer;

import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.checkpoint.Adoption;
import io.maestream.trainer.checkpoint.CheckpointCoordinator;
import io.maestream.trainer.checkpoint.CheckpointPipeline;
import io.maestream.trainer.checkpoint.CheckpointTransaction;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.command.CommandedRun;
import io.maestream.trainer.command.Requests;
import io.maestream.trainer.command.RunControl;
import io.maestream.trainer.group.Membership;
import io.maestream.trainer.group.Ownership;
import io.maestream.trainer.report.Panels;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * One turn as the run's active trainer: fences the one before, restores the last committed
 * checkpoint, sets the consumer to its offsets, and trains.
 */
final class Term implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TrainerParts parts;
    private final Consumer<String, byte[]> consumer;
    private final Ownership ownership;
    private final CheckpointTransaction transaction;
    private final Panels panels;
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "checkpoint-writer"));
    private boolean ended;

    Term(TrainerParts parts, Consumer<String, byte[]> consumer, Ownership ownership) {
        this.parts = parts;
        this.consumer = consumer;
        this.ownership = ownership;
        this.transaction = parts.transaction();
        this.panels = parts.panels();
    }

    void train(Standby standby, Set<TopicPartition> partitions, StopCondition stop) {
        transaction.takeOver();
        Intake intake = new Intake(parts, consumer, ownership, partitions);
        List<CheckpointCommitted> history = history(standby, partitions, intake);
        TrainStep step = standby.step(history);
        Optional<Restored> restored = standby.newestWhole(history);
        restored.ifPresent(from -> restore(step, from));
        // First: what is sent to a run that has said that it trains must not be missed.
        try (Requests requests = parts.requests()) {
            Intake.Opened opened = intake.open(restored.map(Point::of).orElse(Point.BEGINNING));
            parts.observer().started(parts.settings().run().id(), restored);
            CheckpointCoordinator checkpoints = checkpoints(step, opened, history);
            Course course = new Course(parts, step, checkpoints, panels);
            course.run(intake, opened, control(requests, checkpoints, course, stop), stop);
            ended = true;
        }
    }

    /** The run's events; a run that has lost them is refused or adopted. */
    private List<CheckpointCommitted> history(
            Standby standby, Set<TopicPartition> partitions, Intake intake) {
        List<CheckpointCommitted> history = standby.history();
        if (!history.isEmpty()) {
            return history;
        }
        Adoption adoption = new Adoption(parts.store(), parts.observer(), parts.clock());
        String runId = parts.settings().run().id();
        if (parts.settings().run().adopt()) {
            return adoption.adopt(
                    runId,
                    (event, state) -> {
                        // Nothing is published that cannot go on.
                        intake.seek(state.feed());
                        transaction.commit(event, consumer.groupMetadata());
                    });
        }
        boolean committed =
                consumer.committed(partitions).values().stream().anyMatch(Objects::nonNull);
        adoption.refuse(runId, committed);
        return history;
    }

    /** After an orderly end retention still runs; after any other nothing is waited for. */
    @Override
    public void close() {
        if (ended) {
            background.shutdown();
        } else {
            background.shutdownNow();
        }
        try {
            if (!background.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transaction.close();
    }

    private void restore(TrainStep step, Restored from) {
        parts.observer().restoring(from.event().getCheckpointId());
        step.restore(from.tensors());
    }

    private RunControl control(
            Requests requests,
            CheckpointCoordinator checkpoints,
            Course course,
            StopCondition stop) {
        Membership group = Membership.of(consumer, ownership);
        return new CommandedRun(
                parts.settings().run().id(),
                requests,
                new CommandedRun.Powers(
                        checkpoints::ask, course::askForRelease, stop::request, group::keepAlive),
                parts.observer());
    }

    private CheckpointCoordinator checkpoints(
            TrainStep step, Intake.Opened opened, List<CheckpointCommitted> history) {
        CheckpointPipeline pipeline =
                new CheckpointPipeline(
                        parts.storage(step, history), transaction, parts.plan(step), background);
        return new CheckpointCoordinator(
                new CheckpointCoordinator.Term(
                        new CheckpointCoordinator.Tensors(step::snapshot, step::restore),
                        opened.feed().interleaving(),
                        opened.lineage(),
                        Membership.of(consumer, ownership),
                        panels::recent),
                pipeline,
                parts.observerWith(panels),
                parts.clock());
    }
}
