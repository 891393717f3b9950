package io.maestream.trainer;

import ai.djl.Device;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.mae.BatchSplit;
import io.maestream.mae.Devices;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.Precision;
import io.maestream.mae.PrecisionProbe;
import io.maestream.mae.TrainStep;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.checkpoint.CheckpointKeeper;
import io.maestream.trainer.checkpoint.CheckpointPipeline;
import io.maestream.trainer.checkpoint.CheckpointSchedule;
import io.maestream.trainer.checkpoint.CheckpointTransaction;
import io.maestream.trainer.checkpoint.RetentionKeeper;
import io.maestream.trainer.checkpoint.RunDescription;
import io.maestream.trainer.checkpoint.RunHistory;
import io.maestream.trainer.checkpoint.RunState;
import io.maestream.trainer.checkpoint.StoredCheckpoints;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.feed.BadRecord;
import io.maestream.trainer.feed.Batching;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Feeds;
import io.maestream.trainer.feed.ReferenceReader;
import io.maestream.trainer.feed.Reread;
import io.maestream.trainer.group.SingleActiveAssignor;
import io.maestream.trainer.report.LoggingObserver;
import io.maestream.trainer.report.Observers;
import io.maestream.trainer.report.Panels;
import io.maestream.trainer.report.PublishingObserver;
import io.maestream.trainer.report.TrainingObserver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the trainer's parts from its settings: clients, store, observers, the model. */
public final class TrainerParts implements AutoCloseable {

    private final TrainerSettings settings;
    private final KafkaClients clients;
    private final Clock clock;
    private final PublishingObserver publisher;
    private final Observers observer;
    private final CheckpointStore store;
    private Optional<MaeSettings> mae = Optional.empty();

    /** Parts that keep checkpoints in the directory that the settings name. */
    public TrainerParts(
            TrainerSettings settings,
            KafkaClients clients,
            List<TrainingObserver> extra,
            Clock clock) {
        this(
                settings,
                clients,
                new FileSystemStore(settings.checkpoints().directory()),
                extra,
                clock);
    }

    /**
     * Parts that keep checkpoints in a given store.
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
        this.publisher =
                new PublishingObserver(
                        clients.producer(new ByteArraySerializer(), Map.of()),
                        settings.run().id(),
                        clock);
        List<TrainingObserver> all = new ArrayList<>(extra);
        all.add(new LoggingObserver());
        all.add(publisher);
        this.observer = new Observers(all);
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

    TrainingObserver observerWith(TrainingObserver another) {
        return new Observers(List.of(observer, another));
    }

    CheckpointStore store() {
        return store;
    }

    CheckpointKeeper keeper(List<CheckpointCommitted> history) {
        return new RetentionKeeper(store, settings.checkpoints().retention(), clock, history);
    }

    Panels panels() {
        return new Panels(settings.run().panelEvery(), clock);
    }

    /** A fresh model with the run's seed, on the GPU where there is one. */
    TrainStep openStep() {
        Device device = Devices.best();
        if (mae.isEmpty()) {
            Precision precision =
                    settings.training()
                            .precision()
                            .or(this::lastPrecision)
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
    private Optional<Precision> lastPrecision() {
        List<CheckpointCommitted> history = history();
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
                        "maestream-trainer-" + settings.run().id(),
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        SingleActiveAssignor.class.getName()));
    }

    CheckpointTransaction transaction() {
        return new CheckpointTransaction(
                clients.producer(
                        AvroSerde.serializer(CheckpointCommitted.class),
                        Map.of(
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "maestream-trainer-" + settings.run().id())));
    }

    List<CheckpointCommitted> history() {
        try (Consumer<String, CheckpointCommitted> consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of())) {
            return new RunHistory(consumer).committed(settings.run().id());
        }
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
        return feeds(settings, observer::badRecord);
    }

    static Feeds feeds(TrainerSettings settings, BadRecord.Sink badRecords) {
        return new Feeds(
                settings.feed(),
                new Batching(
                        settings.run().seed(),
                        settings.training().batchSize(),
                        settings.model().shape().image().size(),
                        settings.model().shape().image().channels()),
                AvroSerde.deserializer(PreparedImage.class),
                badRecords);
    }

    CheckpointPipeline.Plan plan(TrainStep step) {
        return new CheckpointPipeline.Plan(
                new RunDescription(
                        settings.run().id(),
                        RunDescription.describe(step.settings()),
                        settings.digest(),
                        SoftwareVersion.current()),
                new RunState.Arithmetic(
                        settings.run().seed(), Optional.of(step.settings().precision())),
                new CheckpointSchedule(
                        settings.checkpoints().everyImages(), settings.checkpoints().every()));
    }

    @Override
    public void close() {
        publisher.close();
    }
}
