package io.maestream.app.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.RecordPublisher;
import io.maestream.app.Records;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.training.Training;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.dashboard.Dashboard;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import io.maestream.trainer.dashboard.DashboardSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page knows of a run that this process has not trained, and of brokers that are away. */
class RunTopicsIT {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    @TempDir Path dataDir;

    @Test
    void shouldShowTheRunsPastAndSayWithinTenSecondsWhenTheBrokerGoesAway() throws Exception {
        try (EmbeddedBroker broker =
                new EmbeddedBroker(new BrokerSettings(dataDir, 0, 64 << 20)).start()) {
            // Given the topics of two runs, one of them with drift and a score
            KafkaClients clients = Training.clients(broker.bootstrapServers());
            Training.createTopics(clients, Map.of());
            publishRuns(clients);

            // When a trainer opens its dashboard
            try (Dashboard dashboard = open()) {
                dashboard.connect(clients, (run, kind, reason) -> "id");

                // Then the past of its run is there, and nothing of the other but its name
                await().atMost(TEN_SECONDS).untilAsserted(() -> showsThePast(state(dashboard)));

                // And a step that another trainer makes comes live
                try (RecordPublisher publisher = new RecordPublisher(clients)) {
                    publisher.send(
                            Topics.TRAINING_METRICS, StepMetrics.class, step(Records.RUN, 201));
                }
                await().atMost(TEN_SECONDS)
                        .untilAsserted(
                                () ->
                                        assertThat(state(dashboard).at("/progress/step").asLong())
                                                .isEqualTo(201));

                // When the broker goes away, then that is said within ten seconds
                broker.close();
                await().atMost(TEN_SECONDS).untilAsserted(() -> saysThatTheBrokerIsAway(dashboard));
            }
        }
    }

    private static void publishRuns(KafkaClients clients) {
        CheckpointEvaluated score =
                new CheckpointEvaluated(
                        Records.RUN + "-100",
                        Records.RUN,
                        "follower",
                        Instant.now(),
                        Map.of("knn.cls", 0.61));
        CheckpointRequested drift =
                new CheckpointRequested(
                        "r",
                        Records.RUN,
                        new Trigger(TriggerKind.DRIFT, "drift"),
                        Instant.now(),
                        "gate");
        try (RecordPublisher publisher = new RecordPublisher(clients)) {
            publisher.send(Topics.TRAINING_METRICS, StepMetrics.class, step("other", 7));
            for (int i = 1; i <= 200; i++) {
                publisher.send(Topics.TRAINING_METRICS, StepMetrics.class, step(Records.RUN, i));
            }
            publisher.sendGarbage(Topics.TRAINING_METRICS);
            for (String run : List.of(Records.RUN, "other")) {
                CheckpointCommitted event = Records.committed(run, 100);
                publisher.send(Topics.CHECKPOINTS, CheckpointCommitted.class, event);
                publisher.send(Topics.CHECKPOINTS_LATEST, CheckpointCommitted.class, event);
            }
            publisher.send(Topics.CHECKPOINTS_EVALUATED, CheckpointEvaluated.class, score);
            publisher.send(Topics.CHECKPOINT_REQUESTS, CheckpointRequested.class, drift);
        }
    }

    private static void showsThePast(JsonNode state) {
        assertThat(state.at("/points")).hasSize(200);
        assertThat(state.at("/checkpoints")).hasSize(1);
        assertThat(state.at("/checkpoints/0/id").asText()).isEqualTo(Records.RUN + "-100");
        assertThat(state.at("/checkpoints/0/scores/knn.cls").asDouble()).isBetween(0.60, 0.62);
        assertThat(state.at("/cameras/0/id").asText()).isEqualTo("gate");
        assertThat(state.at("/cameras/0/state").asText()).isEqualTo("absent");
        assertThat(state.at("/cameras/0/drifts")).hasSize(1);
        assertThat(state.at("/runs")).hasSize(2);
    }

    private void saysThatTheBrokerIsAway(Dashboard dashboard) throws Exception {
        HttpResponse<String> ready = get(dashboard, "readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("broker-away", "No Kafka broker has answered");
        assertThat(state(dashboard).at("/status/notices/0/kind").asText()).isEqualTo("broker-away");
    }

    private static StepMetrics step(String run, long step) {
        return StepMetrics.newBuilder(Records.step(step, 0.5f))
                .setRunId(run)
                .setSourceLosses(Map.of("gate", 0.5f))
                .build();
    }

    private static Dashboard open() throws IOException {
        return Dashboard.open(
                new DashboardSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()),
                PortTaken.TAKE_ANOTHER,
                Records.RUN,
                Clock.systemUTC());
    }

    private JsonNode state(Dashboard dashboard) throws Exception {
        return new ObjectMapper().readTree(get(dashboard, "api/state").body());
    }

    private HttpResponse<String> get(Dashboard dashboard, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(dashboard.url() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
