package io.maestream.trainer;

import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.checkpoint.Adoption;
import io.maestream.trainer.checkpoint.CheckpointCoordinator;
import io.maestream.trainer.checkpoint.CheckpointPipeline;
import io.maestream.trainer.checkpoint.CheckpointTransaction;
import io.maestream.trainer.checkpoint.Lineage;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.command.CommandedRun;
import io.maestream.trainer.command.Requests;
import io.maestream.trainer.command.RunControl;
import io.maestream.trainer.feed.ConsumerRecordSource;
import io.maestream.trainer.feed.Feed;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.feed.Reread;
import io.maestream.trainer.feed.StartOffsets;
import io.maestream.trainer.group.HeldRecordSource;
import io.maestream.trainer.group.Membership;
import io.maestream.trainer.group.Ownership;
import io.maestream.trainer.report.Panels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
        List<CheckpointCommitted> history = history(standby, partitions);
        TrainStep step = standby.step(history);
        Optional<Restored> restored = standby.newestWhole(history);
        restored.ifPresent(from -> restore(step, from));
        FeedState state = restored.map(from -> from.state().feed()).orElse(FeedState.empty());
        Reread reread = parts.reread(state);
        List<RecordRef> missing = reread.missing(state);
        StartOffsets start = seek(partitions, state);
        parts.observer().started(parts.settings().run().id(), restored);
        Lineage lineage = lineage(restored, start, missing);
        HeldRecordSource source =
                new HeldRecordSource(
                        new ConsumerRecordSource(
                                consumer, parts.settings().feed().lag(), parts.watcher()),
                        ownership);
        FeedState from = state.without(missing).at(start.offsets());
        try (Feed feed = parts.feeds().open(source, from, reread);
                Requests requests = parts.requests()) {
            CheckpointCoordinator checkpoints = checkpoints(step, feed, lineage, history);
            RunControl control = control(requests, checkpoints, stop);
            TrainingLoop.Start at = new TrainingLoop.Start(lineage.progress(), from);
            TrainingLoop.Parts made = parts(step, feed, checkpoints, control);
            new TrainingLoop(made, parts.observer(), panels, at).run(stop);
            ended = true;
        }
    }

    /** The run's events; a run that has lost them is refused or adopted. */
    private List<CheckpointCommitted> history(Standby standby, Set<TopicPartition> partitions) {
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
                        seek(partitions, state.feed());
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
            Requests requests, CheckpointCoordinator checkpoints, StopCondition stop) {
        Membership group = Membership.of(consumer, ownership);
        return new CommandedRun(
                parts.settings().run().id(),
                requests,
                new CommandedRun.Powers(checkpoints::ask, stop::request, group::keepAlive),
                parts.observer());
    }

    private TrainingLoop.Parts parts(
            TrainStep step, Feed feed, CheckpointCoordinator checkpoints, RunControl control) {
        return new TrainingLoop.Parts(
                feed,
                step,
                parts.settings().training().schedule(),
                checkpoints,
                control,
                new DivergenceGuard(parts.settings().training().maxSkippedSteps()));
    }

    private CheckpointCoordinator checkpoints(
            TrainStep step, Feed feed, Lineage lineage, List<CheckpointCommitted> history) {
        CheckpointPipeline pipeline =
                new CheckpointPipeline(
                        parts.storage(step, history), transaction, parts.plan(step), background);
        return new CheckpointCoordinator(
                new CheckpointCoordinator.Term(
                        new CheckpointCoordinator.Tensors(step::snapshot, step::restore),
                        feed.interleaving(),
                        lineage,
                        Membership.of(consumer, ownership),
                        panels::recent),
                pipeline,
                parts.observerWith(panels),
                parts.clock());
    }

    private StartOffsets seek(Set<TopicPartition> partitions, FeedState state) {
        StartOffsets start =
                StartOffsets.decide(
                        state.nextOffsets(),
                        byId(consumer.beginningOffsets(partitions)),
                        byId(consumer.endOffsets(partitions)));
        start.offsets()
                .forEach(
                        (id, offset) ->
                                consumer.seek(
                                        new TopicPartition(id.topic(), id.partition()), offset));
        consumer.resume(partitions);
        return start;
    }

    private Lineage lineage(
            Optional<Restored> restored, StartOffsets start, List<RecordRef> missing) {
        Collection<Gap> gaps = new ArrayList<>();
        start.gaps().forEach((id, from) -> gaps.add(new Gap(id, from, start.offsets().get(id))));
        Map<PartitionId, Long> parentOffsets =
                restored.map(from -> (Map<PartitionId, Long>) from.state().feed().nextOffsets())
                        .orElse(Map.of());
        TreeMap<PartitionId, Long> firstOffsets = new TreeMap<>(start.offsets());
        firstOffsets.putAll(parentOffsets);
        return new Lineage(
                restored.map(from -> from.event().getCheckpointId()),
                parts.clock().instant(),
                restored.map(from -> from.state().progress()).orElse(Progress.NONE),
                firstOffsets,
                restored.map(from -> from.state().feed().admitted()).orElse(0L),
                new Lineage.Losses(List.copyOf(gaps), missing),
                Optional.empty());
    }

    private static Map<PartitionId, Long> byId(Map<TopicPartition, Long> offsets) {
        Map<PartitionId, Long> byId = new TreeMap<>();
        offsets.forEach(
                (partition, offset) ->
                        byId.put(
                                new PartitionId(partition.topic(), partition.partition()), offset));
        return byId;
    }
}
