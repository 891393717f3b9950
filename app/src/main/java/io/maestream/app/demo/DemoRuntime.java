package io.maestream.app.demo;

import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.tail.CheckpointText;
import io.maestream.app.tail.CommittedCheckpoints;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.client.KafkaSettings;
import io.maestream.schemas.topic.TopicSettings;
import io.maestream.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs everything in one process: broker, topics, views, trainer, preparation, source; and stops it
 * the other way round, so that the trainer's last checkpoint is committed and seen.
 */
public final class DemoRuntime {
    private static final int START_SECONDS = 60;

    private final DemoPlan plan;
    private final DemoDisplay display;
    private final EmbeddedBroker broker;
    private final TopicSettings topics;
    private final CompletableFuture<Void> stopRequested = new CompletableFuture<>();

    /** Nothing runs yet. */
    public DemoRuntime(
            DemoPlan plan, DemoDisplay display, EmbeddedBroker broker, TopicSettings topics) {
        this.plan = plan;
        this.display = display;
        this.broker = broker;
        this.topics = topics;
    }

    /** Makes {@link #run} return, from any thread, also before it was called. */
    public void stop() {
        stopRequested.complete(null);
    }

    /**
     * Runs until the plan's bound, a stop, or the end of a part that fails.
     *
     * @param kafka what clients are told; the brokers' addresses are replaced
     */
    public DemoSummary run(KafkaSettings kafka, DemoParts parts) {
        try (broker) {
            broker.start();
            KafkaSettings local = withBootstrap(kafka, broker.bootstrapServers());
            KafkaClients clients = new KafkaClients(local, topics);
            try (Admin admin = clients.admin()) {
                Topics.create(admin, topics);
            }
            return session(clients, local, parts);
        }
    }

    private DemoSummary session(KafkaClients clients, KafkaSettings kafka, DemoParts parts) {
        Optional<CheckpointCommitted> resumed = CommittedCheckpoints.lastOf(clients, plan.runId());
        greet(resumed);
        long from = resumed.map(CheckpointCommitted::getStep).orElse(0L);
        OptionalLong until =
                plan.steps().isPresent()
                        ? OptionalLong.of(from + plan.steps().getAsLong())
                        : OptionalLong.empty();
        Bound bound = new Bound(from, until, plan.duration());
        try (LiveView live = new LateView(() -> display.live(bound))) {
            DemoViews views = new DemoViews(display.screen(), live, plan);
            Training training = parts.training(kafka, until);
            Worker trainer = new Worker("trainer", training::run, training::stop);
            Worker preparation = parts.preparation(kafka);
            Worker source = parts.source(kafka);
            try (Stages stages = new Stages()) {
                views.stages(clients).forEach(stages::start);
                stages.start(trainer);
                stages.start(preparation);
                stages.start(source);
                untilItEnds(timeIsUp(views), trainer, preparation, source);
            }
            // Its last checkpoint may have failed when it was asked to stop.
            join(trainer.ended());
            return views.summary();
        }
    }

    private void greet(Optional<CheckpointCommitted> resumed) {
        String line =
                resumed.map(event -> "going on from checkpoint " + CheckpointText.of(event))
                        .orElse("a new run");
        display.screen().line("Broker at " + broker.bootstrapServers());
        display.screen().line("Run " + plan.runId() + ": " + line);
        if (!plan.isBounded()) {
            display.screen().line("Ctrl-C stops it in order, with a last checkpoint");
        }
    }

    /** A source may end by itself, and training goes on; any failure ends the session. */
    private void untilItEnds(CompletableFuture<Void> timeIsUp, Worker trainer, Worker... others) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        for (Worker other : others) {
            other.ended()
                    .whenComplete(
                            (nothing, failure) -> {
                                if (failure != null) {
                                    failed.completeExceptionally(failure);
                                }
                            });
        }
        join(CompletableFuture.anyOf(trainer.ended(), failed, stopRequested, timeIsUp));
    }

    /** The time counts from the first step, or from a minute after the start if none comes. */
    private CompletableFuture<Void> timeIsUp(DemoViews views) {
        CompletableFuture<Void> timeIsUp = new CompletableFuture<>();
        plan.duration()
                .ifPresent(
                        duration ->
                                views.firstStep()
                                        .completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS)
                                        .thenRun(
                                                () ->
                                                        timeIsUp.completeOnTimeout(
                                                                null,
                                                                duration.toMillis(),
                                                                TimeUnit.MILLISECONDS)));
        return timeIsUp;
    }

    private static void join(CompletableFuture<?> end) {
        try {
            end.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static KafkaSettings withBootstrap(KafkaSettings kafka, String bootstrap) {
        Map<String, String> common = new HashMap<>(kafka.common());
        common.put("bootstrap.servers", bootstrap);
        return new KafkaSettings(common, kafka.consumer(), kafka.producer(), kafka.streams());
    }
}
