package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What becomes of a run that has checkpoints but no event: the topic was lost or re-created, or
 * this is another cluster. It is refused, because starting anew would train on everything twice,
 * unless the newest whole checkpoint is to be adopted.
 */
public final class Adoption {

    private final CheckpointStore store;
    private final TrainingObserver observer;
    private final Clock clock;

    public Adoption(CheckpointStore store, TrainingObserver observer, Clock clock) {
        this.store = store;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * Refuses a run whose events are lost. A first checkpoint alone does not prove that: a trainer
     * that died before its first commit leaves the same. One with a parent does, and so do offsets
     * that the run's group has committed.
     *
     * @param offsetsCommitted whether the run's group has committed offsets
     * @throws EventsLostException if it must have committed before
     */
    public void refuse(String runId, boolean offsetsCommitted) {
        List<Manifest> manifests = manifests(runId);
        boolean proof = manifests.stream().anyMatch(manifest -> manifest.parentId() != null);
        if (!manifests.isEmpty() && (proof || offsetsCommitted)) {
            Manifest newest = manifests.get(0);
            throw new EventsLostException(
                    ("run '%s' has %d checkpoints in %s (the newest is %s, step %d), but the topic"
                                    + " has no event of it: the events were lost, or this is"
                                    + " another cluster. Restore the topic; or start with --adopt"
                                    + " (train.adopt=true) to go on from the newest whole checkpoint; or start a new run"
                                    + " with --set run.id=NAME")
                            .formatted(
                                    runId,
                                    manifests.size(),
                                    store.location(),
                                    newest.checkpointId(),
                                    newest.step()));
        }
    }

    /**
     * Publishes the newest whole checkpoint as the run's first event.
     *
     * @param commit publishes the event; is given the checkpoint's state as well
     * @return the event, or none if there is no checkpoint
     * @throws UnrecoverableException if there are checkpoints, and none of them is whole
     */
    public List<CheckpointCommitted> adopt(
            String runId, BiConsumer<CheckpointCommitted, RunState> commit) {
        List<Manifest> manifests = manifests(runId);
        for (Manifest manifest : manifests.stream().filter(one -> !isRelease(one)).toList()) {
            Optional<RunState> state = whole(manifest.checkpointId());
            if (state.isPresent()) {
                CheckpointCommitted event = event(manifest, state.get());
                commit.accept(event, state.get());
                observer.adopted(event);
                return List.of(event);
            }
        }
        if (!manifests.isEmpty()) {
            throw new UnrecoverableException(
                    "run '%s' has %d checkpoints in %s, but none of them is whole"
                            .formatted(runId, manifests.size(), store.location()));
        }
        return List.of();
    }

    private Optional<RunState> whole(String id) {
        try {
            return Optional.of(new StoredCheckpoints(store).read(id, null).state());
        } catch (IOException e) {
            observer.checkpointRefused(id, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The first event of a run has no parent, whatever its checkpoint had. */
    private CheckpointCommitted event(Manifest manifest, RunState state) {
        String id = manifest.checkpointId();
        try {
            PublishedCheckpoint published =
                    new PublishedCheckpoint(
                            id,
                            store.directory(id).toUri(),
                            manifest,
                            CheckpointVerifier.manifestSha256(store, id));
            Trigger trigger =
                    new Trigger(
                            TriggerKind.valueOf(manifest.triggerKind()),
                            "adopted without its event; " + manifest.triggerReason());
            return CheckpointCommitted.newBuilder(
                            CommittedEvents.event(published, state, trigger, clock.instant()))
                    .setParentId(null)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint " + id + " vanished while adopted", e);
        }
    }

    /** Newest first; one that cannot be read is told. */
    private List<Manifest> manifests(String runId) {
        List<Manifest> manifests = new ArrayList<>();
        try {
            for (String id : store.ids()) {
                manifest(id)
                        .filter(manifest -> manifest.runId().equals(runId))
                        .ifPresent(manifests::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the checkpoints in %s cannot be listed".formatted(store.location()), e);
        }
        manifests.sort(
                Comparator.comparingLong(Manifest::step)
                        .thenComparing(Manifest::createdAt)
                        .reversed());
        return manifests;
    }

    /** No run goes on from one. */
    private static boolean isRelease(Manifest manifest) {
        return TriggerKind.RELEASE.name().equals(manifest.triggerKind());
    }

    private Optional<Manifest> manifest(String id) {
        try {
            return Optional.of(store.manifest(id));
        } catch (IOException e) {
            observer.checkpointRefused(id, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
