package io.maestream.app.training;

import io.maestream.app.broker.RunningBroker;
import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.trainer.CheckpointReplay;
import io.maestream.trainer.ReplayResult;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.report.TrainingObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs on three partitions of one broker, which lives as long as its test, and their replay. */
final class ReplayedRuns implements BeforeAllCallback, AfterAllCallback {

    /** Keys of runs with many checkpoints, all of them kept. */
    static final Map<String, String> OFTEN =
            Map.of(
                    "checkpoint.every.images", "16",
                    "checkpoint.keep", "100",
                    "train.ema.decay", "0.9");

    private final RunningBroker broker = new RunningBroker();
    private Path store;
    private KafkaClients clients;
    private int published;

    /** Starts the broker and creates the topics, with some images. */
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        broker.beforeAll(context);
        store = Files.createTempDirectory("replayed-runs");
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients, 3);
        publish(60);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        broker.afterAll(context);
        Utils.delete(store.toFile());
    }

    KafkaClients clients() {
        return clients;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Path store() {
        return store;
    }

    /** A few at a time, so that partitions are picked in turn. */
    void publish(int images) {
        Training.publish(clients, published, images, 9);
        published += images;
    }

    void train(String run, long untilStep, Map<String, String> more) {
        var settings = Training.settings(run, store(), more).until(untilStep);
        Training.service(settings, clients, new FileSystemStore(store())).run();
    }

    /** Trains until the observer stops it. */
    void trainUntil(String run, Map<String, String> more, Stopping observer) {
        var settings = Training.settings(run, store(), more);
        TrainerService service =
                Training.service(settings, clients, new FileSystemStore(store()), observer);
        observer.service = service;
        service.run();
    }

    ReplayResult replay(
            String run,
            CheckpointCommitted event,
            List<CheckpointCommitted> history,
            Map<String, String> more)
            throws CheckpointException, IOException {
        return new CheckpointReplay(
                        Training.settings(run, store(), more),
                        clients,
                        new FileSystemStore(store()),
                        new TrainingObserver() {})
                .replay(event, history);
    }

    /** Stops its run at some point. */
    abstract static class Stopping implements TrainingObserver {
        private TrainerService service;

        final void stop() {
            service.stop();
        }
    }
}
