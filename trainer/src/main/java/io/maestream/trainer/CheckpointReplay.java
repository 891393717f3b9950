package io.maestream.trainer;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileEntry;
import io.maestream.mae.Devices;
import io.maestream.mae.Precision;
import io.maestream.mae.PrecisionProbe;
import io.maestream.mae.TrainStep;
import io.maestream.mae.schedule.LearningRateSchedule;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.RunState;
import io.maestream.trainer.checkpoint.RunState.SinceParent;
import io.maestream.trainer.checkpoint.StoredCheckpoints;
import io.maestream.trainer.checkpoint.StoredCheckpoints.Contents;
import io.maestream.trainer.checkpoint.TensorDigests;
import io.maestream.trainer.command.RunControl;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.feed.Feed;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.PickedRecordSource;
import io.maestream.trainer.feed.PickedRecordSource.Taken;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.feed.RecordsGoneException;
import io.maestream.trainer.feed.ReferenceReader;
import io.maestream.trainer.feed.Reread;
import io.maestream.trainer.report.Panels;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Trains a checkpoint again, from its parent and out of the log, and compares what comes out with
 * what was committed. It is the run's own loop on the run's own feed; only where the records come
 * from and what happens at boundaries differ. Nothing is written, published or committed.
 */
public final class CheckpointReplay {

    private final TrainerSettings settings;
    private final KafkaClients clients;
    private final CheckpointStore store;
    private final TrainingObserver observer;

    /**
     * @param settings those of the run
     * @param observer told of every step
     */
    public CheckpointReplay(
            TrainerSettings settings,
            KafkaClients clients,
            CheckpointStore store,
            TrainingObserver observer) {
        this.settings = settings;
        this.clients = clients;
        this.store = store;
        this.observer = observer;
    }

    /**
     * Replays.
     *
     * @param event the checkpoint's
     * @param history all events of the run
     * @throws NotReplayableException if the checkpoint, its parent or the records are gone, or the
     *     settings are not those that it was trained with
     * @throws CheckpointException if a file of the checkpoint or its parent is damaged
     */
    public ReplayResult replay(CheckpointCommitted event, List<CheckpointCommitted> history)
            throws IOException {
        String id = event.getCheckpointId();
        requireStored(id, "it");
        Contents recorded = contents(id, history);
        requireSettings(event, recorded.state());
        String parentId = store.manifest(id).parentId();
        Optional<Contents> parent = Optional.empty();
        if (parentId != null) {
            requireStored(parentId, "its parent " + parentId);
            parent = Optional.of(contents(parentId, history));
        }
        Origin origin = new Origin(parent, recorded.state());
        try (TrainStep step = open(recorded.state())) {
            parent.ifPresent(from -> step.restore(from.tensors()));
            FeedState reached = train(step, origin);
            List<FileEntry> files = TensorDigests.of(step.snapshot());
            return ReplayResult.of(event, parentId, files, recorded.state().feed().equals(reached));
        } catch (RecordsGoneException e) {
            throw new NotReplayableException(id, e.getMessage());
        }
    }

    /** Where a checkpoint's steps begin, and what they took. */
    private record Origin(Optional<Contents> parent, RunState until) {

        LearningRateSchedule rate(LearningRateSchedule plateau) {
            return until.branch().map(branch -> branch.anneal(plateau)).orElse(plateau);
        }

        Progress progress() {
            return parent.map(from -> from.state().progress()).orElse(Progress.NONE);
        }

        Taken taken() {
            SinceParent since = until.since();
            return new Taken(
                    since.wentBackAt().map(FeedState::nextOffsets).orElse(since.firstOffsets()),
                    since.skipped(),
                    since.picks());
        }

        FeedState feed() {
            FeedState begin =
                    until.since()
                            .wentBackAt()
                            .or(() -> parent.map(from -> from.state().feed()))
                            .orElse(FeedState.empty());
            return begin.without(until.since().missing()).at(taken().start());
        }
    }

    private FeedState train(TrainStep step, Origin origin) {
        FeedState begin = origin.feed();
        try (Consumer<String, byte[]> records =
                        clients.consumer(new ByteArrayDeserializer(), Map.of());
                Consumer<String, byte[]> references =
                        clients.consumer(new ByteArrayDeserializer(), Map.of())) {
            Reread reread = new ReferenceReader(references).read(begin);
            requireAll(reread.missing(begin));
            PickedRecordSource source = new PickedRecordSource(records, origin.taken());
            ReplayBoundaries boundaries = new ReplayBoundaries(source);
            try (Feed feed =
                    TrainerParts.feeds(settings, clients, observer::badRecord)
                            .open(source, begin, reread)) {
                new TrainingLoop(
                                parts(feed, step, origin, boundaries),
                                observer,
                                new Panels(Duration.ZERO, Clock.systemUTC()),
                                Boundary.of(origin.progress(), begin))
                        .run(StopCondition.afterSlots(origin.until().feed().slots()));
            }
            return boundaries.last().feed();
        }
    }

    private TrainingLoop.Parts parts(
            Feed feed, TrainStep step, Origin origin, ReplayBoundaries boundaries) {
        return new TrainingLoop.Parts(
                feed,
                step,
                origin.rate(settings.training().schedule()),
                boundaries,
                RunControl.NONE,
                new DivergenceGuard(Integer.MAX_VALUE));
    }

    private TrainStep open(RunState state) {
        Precision precision =
                state.arithmetic()
                        .precision()
                        .or(settings.training()::precision)
                        .orElseGet(
                                () ->
                                        PrecisionProbe.choose(
                                                settings.mae(Precision.FP32), Devices.best()));
        return TrainerParts.open(settings, precision);
    }

    /** The events vouch for what they committed; a parent that was adopted has none. */
    private Contents contents(String id, List<CheckpointCommitted> history) throws IOException {
        String digest =
                history.stream()
                        .filter(event -> event.getCheckpointId().equals(id))
                        .map(CheckpointCommitted::getManifestSha256)
                        .findFirst()
                        .orElse(null);
        try {
            return new StoredCheckpoints(store).read(id, digest);
        } catch (CheckpointException e) {
            throw new CheckpointException(
                    "checkpoint %s is damaged: %s".formatted(id, e.getMessage()), e);
        }
    }

    private void requireStored(String id, String what) throws IOException {
        if (!store.ids().contains(id)) {
            throw new NotReplayableException(
                    id, "%s is not in %s any more".formatted(what, store.location()));
        }
    }

    private void requireSettings(CheckpointCommitted event, RunState state) {
        boolean same =
                event.getConfigDigest().equals(settings.digest())
                        && state.arithmetic().runSeed() == settings.run().seed();
        if (!same) {
            throw new NotReplayableException(
                    event.getCheckpointId(),
                    "it was trained with other settings (their digest is %s, yours is %s): give the same --config and --set"
                            .formatted(event.getConfigDigest(), settings.digest()));
        }
    }

    private void requireAll(List<RecordRef> missing) {
        if (!missing.isEmpty()) {
            RecordRef first = missing.get(0);
            throw new RecordsGoneException(
                    "%d buffered or remembered records are past retention, offset %d of %s first"
                            .formatted(missing.size(), first.offset(), first.partition()));
        }
    }
}
