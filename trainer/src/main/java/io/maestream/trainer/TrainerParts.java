package io.maestream.trainer;

import ai.djl.Device;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.mae.BatchSplit;
import io.maestream.mae.Devices;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.Precision;
import io.maestream.mae.PrecisionProbe;
import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.observe.FanOut;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.checkpoint.CheckpointPipeline;
import io.maestream.trainer.checkpoint.CheckpointSchedule;
import io.maestream.trainer.checkpoint.CheckpointTransaction;
import io.maestream.trainer.checkpoint.RetentionKeeper;
import io.maestream.trainer.checkpoint.RetryingSnapshotWriter;
import io.maestream.trainer.checkpoint.RunDescription;
import io.maestream.trainer.checkpoint.RunState;
import io.maestream.trainer.checkpoint.StoreSnapshotWriter;
import io.maestream.trainer.checkpoint.StoredCheckpoints;
import io.maestream.trainer.command.CommandTopics;
import io.maestream.trainer.command.Requests;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.feed.Batching;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Feeds;
import io.maestream.trainer.feed.ReferenceReader;
import io.maestream.trainer.feed.Reread;
import io.maestream.trainer.feed.StreamWatcher;
import io.maestream.trainer.group.SingleActiveAssignor;
import io.maestream.trainer.group.TrainerGroup;
import io.maestream.trainer.report.LoggingObserver;
import io.maestream.trainer.report.Panels;
import io.maestream.trainer.report.PublishingObserver;
import io.maestream.trainer.report.TrainingObserver;
import io.maestream.trainer.retry.Backoff;
import io.maestream.trainer.retry.Pause;
import io.maestream.trainer.retry.Retry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the trainer's parts from its settings: clients, store, observers, the model. */
public final class TrainerParts implements AutoCloseable {

    /** A report is dropped rather than that a step waits a minute for a broker. */
    private static final Map<String, Object> REPORTS =
            Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);

    /** Supervisors often kill after 90 s. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final TrainerSettings settings;
    private final KafkaClients clients;
    private final Clock clock;
    private final PublishingObserver publisher;
    private final TrainingObserver observer;
    private final CheckpointStore store;
    private Optional<MaeSettings> mae = Optional.empty();

    /**
     * Parts that keep checkpoints in a store.
     *
     * @param extra told of everything besides the log and the topics
     */
    public TrainerParts(
            TrainerSettings settings,
            KafkaClients clients,
            CheckpointStore store,
            List<TrainingObserver> extra,
            Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.store = store;
        this.clock = clock;
        this.publisher = new PublishingObserver(clients, REPORTS, settings.run().id(), clock);
        List<TrainingObserver> all = new ArrayList<>(extra);
        all.add(new LoggingObserver());
        all.add(publisher);
        this.observer = FanOut.of(TrainingObserver.class, all);
    }

    TrainerSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    TrainingObserver observer() {
        return observer;
    }

    /** Observers that look at the stream do so here. */
    StreamWatcher watcher() {
        return observer;
    }

    TrainingObserver observerWith(TrainingObserver another) {
        return FanOut.of(TrainingObserver.class, List.of(observer, another));
    }

    CheckpointStore store() {
        return store;
    }

    CheckpointPipeline.Storage storage(TrainStep step, List<CheckpointCommitted> history) {
        return new CheckpointPipeline.Storage(
                store,
                RetryingSnapshotWriter.wrap(
                        new StoreSnapshotWriter(store, description(step)), retry()),
                new RetentionKeeper(store, settings.checkpoints().retention(), clock, history));
    }

    Panels panels() {
        return new Panels(settings.run().panelEvery(), clock);
    }

    /** A fresh model with the run's seed, on the GPU where there is one. */
    TrainStep openStep(List<CheckpointCommitted> history) {
        Device device = Devices.best();
        if (mae.isEmpty()) {
            Precision precision =
                    settings.training()
                            .precision()
                            .or(() -> lastPrecision(history))
                            .orElseGet(
                                    () ->
                                            PrecisionProbe.choose(
                                                    settings.mae(Precision.FP32), device));
            mae = Optional.of(settings.mae(precision));
        }
        return open(settings, mae.get().precision());
    }

    /** The same model for a run and for its replay. */
    static TrainStep open(TrainerSettings settings, Precision precision) {
        Device device = Devices.best();
        return TrainStep.open(
                settings.mae(precision),
                device,
                BatchSplit.usual(device, settings.training().microBatch()));
    }

    /** A run that goes on keeps its arithmetic, or it would not be the same run. */
    private Optional<Precision> lastPrecision(List<CheckpointCommitted> history) {
        return history.isEmpty()
                ? Optional.empty()
                : new StoredCheckpoints(store)
                        .precision(history.get(history.size() - 1).getCheckpointId());
    }

    Consumer<String, byte[]> groupConsumer() {
        return clients.consumer(
                new ByteArrayDeserializer(),
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        TrainerGroup.id(settings.run().id()),
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        TrainerGroup.memberName(),
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        SingleActiveAssignor.class.getName()));
    }

    CheckpointTransaction transaction() {
        return new CheckpointTransaction(
                clients.producer(
                        AvroSerde.serializer(CheckpointCommitted.class),
                        Map.of(
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "maestream-trainer-" + settings.run().id())),
                observer::committing);
    }

    /** What is asked of runs from now on. */
    Requests requests() {
        return new CommandTopics(clients);
    }

    Consumer<String, CheckpointCommitted> eventsConsumer() {
        return clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of());
    }

    Reread reread(FeedState state) {
        if (state.references().isEmpty()) {
            return Reread.NONE;
        }
        try (Consumer<String, byte[]> consumer =
                clients.consumer(new ByteArrayDeserializer(), Map.of())) {
            return new ReferenceReader(consumer).read(state);
        }
    }

    Feeds feeds() {
        return feeds(settings, clients, observer::badRecord);
    }

    static Feeds feeds(TrainerSettings settings, KafkaClients clients, BadRecord.Sink badRecords) {
        return new Feeds(
                settings.feed(),
                new Batching(
                        settings.run().seed(),
                        settings.training().batchSize(),
                        settings.model().shape().image().size(),
                        settings.model().shape().image().channels()),
                clients.reader(AvroSerde.deserializer(PreparedImage.class)),
                badRecords);
    }

    CheckpointPipeline.Plan plan(TrainStep step) {
        return new CheckpointPipeline.Plan(
                description(step),
                new RunState.Arithmetic(
                        settings.run().seed(), Optional.of(step.settings().precision())),
                new CheckpointSchedule(
                        settings.checkpoints().everyImages(), settings.checkpoints().every()),
                retry(),
                STOP_PATIENCE);
    }

    private RunDescription description(TrainStep step) {
        return new RunDescription(
                settings.run().id(),
                RunDescription.describe(step.settings()),
                settings.digest(),
                SoftwareVersion.current());
    }

    /** The wait is drawn anew each time: nothing of a run's randomness goes into it. */
    private Retry retry() {
        return new Retry(
                Backoff.USUAL,
                () -> ThreadLocalRandom.current().nextDouble(),
                Pause.REAL,
                observer::checkpointLate);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
