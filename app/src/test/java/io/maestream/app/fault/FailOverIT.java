package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.training.Training;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.client.KafkaClients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainers of one run, as processes: one works, one waits. */
@Tag("fault")
class FailOverIT {

    private static final String RUN = "failover";
    private static final int FENCED = 6;

    @TempDir Path root;

    private EmbeddedBroker broker;
    private String bootstrap;
    private KafkaClients clients;

    @BeforeEach
    void start() {
        broker = new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20)).start();
        bootstrap = broker.bootstrapServers();
        clients = Training.clients(bootstrap);
        Training.createTopics(clients, Map.of());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void shouldStepAgainWithinTenSecondsAtDefaultsWhenTheActiveTrainerIsKilled() throws Exception {
        // Given a trainer of the default model, and another one that stands by
        Training.publish(clients, 0, 8_000, 1);
        Map<String, String> keys =
                Map.of(
                        "run.id",
                        RUN,
                        "checkpoint.dir",
                        checkpoints().toString(),
                        "checkpoint.every.images",
                        "128");
        try (JavaProcess active = Maestream.train(bootstrap, root, keys)) {
            active.awaitLine(Maestream.ACTIVE);
            int before = Steps.awaitCommits(clients, RUN, 1).size();
            try (JavaProcess standby = Maestream.train(bootstrap, root, keys)) {
                standby.awaitLine(Maestream.STANDS_BY);
                before = Steps.awaitCommits(clients, RUN, before + 2).size();

                // When the active one is killed
                Instant killed = Instant.now();
                assertThat(active.kill()).isTrue();
                try (Steps steps = Steps.fromNow(clients)) {
                    Instant stepped = steps.next().get(0).getAt();

                    // Then the other one makes steps in time, and loses and doubles no image
                    Duration gap = Duration.between(killed, stepped);
                    System.out.printf(
                            Locale.ROOT,
                            "fail-over: %.1f s from SIGKILL to the end of the first step%n",
                            gap.toMillis() / 1e3);
                    assertThat(gap).isLessThanOrEqualTo(Duration.ofSeconds(10));
                }
                assertEveryImageIsTakenOnce(Steps.awaitCommits(clients, RUN, before + 1));
                assertThat(standby.terminate()).isZero();
            }
        }
        System.out.println(Lineages.auditClean(bootstrap, RUN, checkpoints()));
    }

    @Test
    void shouldExitWithSixAndHavePublishedNothingWhenATrainerSleptThroughItsReplacement() {
        // Given a trainer that falls asleep, and is replaced
        Training.publish(clients, 0, 40_000, 1);
        Map<String, String> keys = new TreeMap<>(Training.keys(RUN, checkpoints(), Map.of()));
        keys.put("checkpoint.every.images", "40");
        try (JavaProcess sleeper = Maestream.train(bootstrap, root, keys)) {
            sleeper.awaitLine(Maestream.ACTIVE);
            Steps.awaitCommits(clients, RUN, 2);
            try (JavaProcess standby = Maestream.train(bootstrap, root, keys)) {
                standby.awaitLine(Maestream.STANDS_BY);
                sleeper.signal("STOP");
                standby.awaitLine(Maestream.ACTIVE);
                int before = Steps.awaitCommits(clients, RUN, 1).size();
                Steps.awaitCommits(clients, RUN, before + 2);

                // When it wakes up
                sleeper.signal("CONT");

                // Then it ends with its own status and one line, and the run is the other one's
                assertThat(sleeper.awaitExit()).as("%s", sleeper.lines()).isEqualTo(FENCED);
                assertThat(sleeper.lines())
                        .anyMatch(line -> line.contains("another trainer has taken over"));
                before = Steps.awaitCommits(clients, RUN, 1).size();
                Steps.awaitCommits(clients, RUN, before + 2);
                assertThat(standby.terminate()).isZero();
            }
        }
        System.out.println(Lineages.auditClean(bootstrap, RUN, checkpoints()));
    }

    @Test
    void shouldCommitOnWhileStandbysComeAndGo() {
        // Given a trainer that commits as often as it can
        Training.publish(clients, 0, 40_000, 1);
        Map<String, String> keys = new TreeMap<>(Training.keys(RUN, checkpoints(), Map.of()));
        keys.put("checkpoint.every.images", "4");
        try (JavaProcess active = Maestream.train(bootstrap, root, keys)) {
            active.awaitLine(Maestream.ACTIVE);

            // When the group changes six times
            for (int i = 0; i < 3; i++) {
                try (JavaProcess standby = Maestream.train(bootstrap, root, keys)) {
                    standby.awaitLine(Maestream.STANDS_BY);
                    assertThat(standby.terminate()).isZero();
                }
            }

            // Then it has gone on all the time, and still does
            int before = Steps.awaitCommits(clients, RUN, 1).size();
            Steps.awaitCommits(clients, RUN, before + 2);
            assertThat(active.lines()).filteredOn(l -> l.startsWith(Maestream.ACTIVE)).hasSize(1);
            assertThat(active.terminate()).isZero();
        }
        System.out.println(Lineages.auditClean(bootstrap, RUN, checkpoints()));
    }

    /** What was taken from the one partition was trained on once or is still in the buffer. */
    private void assertEveryImageIsTakenOnce(List<CheckpointCommitted> events) throws IOException {
        for (CheckpointCommitted event : events) {
            Path state = checkpoints().resolve(event.getCheckpointId()).resolve("state.json");
            JsonNode feed = new ObjectMapper().readTree(state.toFile()).get("feed");
            assertThat(feed.get("draws").asLong() + feed.get("buffer").size())
                    .as("images of %s", event.getCheckpointId())
                    .isEqualTo(feed.get("admitted").asLong())
                    .isEqualTo(event.getNextOffsets().get(0).getOffset());
        }
    }

    private Path checkpoints() {
        return root.resolve("checkpoints");
    }
}
