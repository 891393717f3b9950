package io.maestream.app.demo;

import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.ReconstructionSample;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What is shown of a session: steps, committed checkpoints and panels, each from its topic. */
final class DemoViews {
    private final Screen screen;
    private final DemoPlan plan;
    private final LiveView live;
    private final StepStatistics statistics = new StepStatistics();
    private final CheckpointEventPrinter checkpoints;
    private final PanelWriter panels;
    private final CompletableFuture<Void> firstStep = new CompletableFuture<>();

    DemoViews(Screen screen, LiveView live, DemoPlan plan) {
        this.screen = screen;
        this.plan = plan;
        this.live = live;
        this.checkpoints = new CheckpointEventPrinter(screen, plan.runId());
        this.panels = new PanelWriter(plan.dataDir().resolve("panels"));
    }

    /** One stage per topic. */
    List<Stage> stages(KafkaClients clients) {
        return List.of(
                tail(clients, Topics.TRAINING_METRICS, StepMetrics.class, this::step),
                tail(clients, Topics.CHECKPOINTS, CheckpointCommitted.class, checkpoints::print),
                tail(
                        clients,
                        Topics.TRAINING_RECONSTRUCTIONS,
                        ReconstructionSample.class,
                        this::panel));
    }

    /** Completes when the first step of this session is seen. */
    CompletableFuture<Void> firstStep() {
        return firstStep;
    }

    DemoSummary summary() {
        return new DemoSummary(statistics.totals(), checkpoints.count(), plan.dataDir());
    }

    private void step(StepMetrics step) {
        if (step.getRunId().equals(plan.runId())) {
            firstStep.complete(null);
            statistics.add(step);
            statistics.state().ifPresent(live::show);
        }
    }

    private void panel(ReconstructionSample sample) {
        if (sample.getRunId().equals(plan.runId())) {
            screen.line("reconstructions: " + panels.write(sample));
        }
    }

    private static <V extends SpecificRecord> Stage tail(
            KafkaClients clients, String topic, Class<V> type, Consumer<V> viewer) {
        return new TailStage<>(
                "view of " + topic,
                () ->
                        new TopicTail<>(
                                clients.consumer(AvroSerde.deserializer(type), Map.of()), topic),
                viewer);
    }
}
