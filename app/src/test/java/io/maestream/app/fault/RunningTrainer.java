package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.training.Training;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.checkpoint.Restored;
import io.maestream.trainer.config.TrainerSettings;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A trainer on a thread of this process, which tells what it does. */
final class RunningTrainer implements AutoCloseable {

    private final AtomicLong step = new AtomicLong();
    private final AtomicLong longestPause = new AtomicLong();
    private final List<CheckpointCommitted> committed = new CopyOnWriteArrayList<>();
    private final List<String> late = new CopyOnWriteArrayList<>();
    private final AtomicLong starts = new AtomicLong();
    private final TrainerService service;
    private final CompletableFuture<Void> end;

    private RunningTrainer(
            TrainerSettings settings,
            KafkaClients clients,
            Path store,
            Consumer<CheckpointCommitted> committing) {
        service =
                Training.service(
                        settings, clients, new FileSystemStore(store), observer(committing));
        end = CompletableFuture.runAsync(service::run, task -> new Thread(task, "trainer").start());
    }

    static RunningTrainer start(TrainerSettings settings, KafkaClients clients, Path store) {
        return start(settings, clients, store, event -> {});
    }

    /**
     * @param committing told in the open transaction
     */
    static RunningTrainer start(
            TrainerSettings settings,
            KafkaClients clients,
            Path store,
            Consumer<CheckpointCommitted> committing) {
        return new RunningTrainer(settings, clients, store, committing);
    }

    long step() {
        return step.get();
    }

    /** Between two steps, so far. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause.get());
    }

    List<CheckpointCommitted> committed() {
        return committed;
    }

    /** Why checkpoints were late. */
    List<String> late() {
        return late;
    }

    /** How often it became the active one. */
    long starts() {
        return starts.get();
    }

    /** Waits for its end; it must be an orderly one. */
    void awaitEnd() throws Exception {
        end.get(90, TimeUnit.SECONDS);
    }

    /** An orderly stop. */
    void stop() throws Exception {
        assertThat(end).isNotDone();
        service.stop();
        awaitEnd();
    }

    @Override
    public void close() {
        service.stop();
    }

    private TrainingObserver observer(Consumer<CheckpointCommitted> committing) {
        return new TrainingObserver() {
            private long last;

            @Override
            public void started(String runId, Optional<Restored> from) {
                starts.incrementAndGet();
            }

            @Override
            public void stepped(StepReport report) {
                long now = System.nanoTime();
                if (last != 0) {
                    longestPause.accumulateAndGet(now - last, Math::max);
                }
                last = now;
                step.set(report.progress().step());
            }

            @Override
            public void committing(CheckpointCommitted event) {
                committing.accept(event);
            }

            @Override
            public void checkpointLate(String checkpointId, String reason, Duration nextTry) {
                late.add(reason);
            }

            @Override
            public void committed(CheckpointCommitted event) {
                committed.add(event);
            }
        };
    }
}
