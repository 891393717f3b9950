package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.ClusterNodes;
import io.maestream.app.training.Training;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers as processes, killed while images arrive and a trainer works. */
@Tag("fault")
class BrokerFaultIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration IMAGE_EVERY = Duration.ofMillis(4);
    private static final String RUN = "broker";

    @TempDir Path root;

    @Test
    void shouldTrainOnWithoutHelpWhenTheBrokerIsKilledAndRestarted() {
        // Given a broker, images that keep coming, and a trainer
        int port = ClusterNodes.freePort();
        String bootstrap = "127.0.0.1:" + port;
        JavaProcess broker = Maestream.broker(root, port);
        try {
            KafkaClients clients = Training.clients(bootstrap);
            Training.createTopics(clients, Map.of());
            Map<String, String> keys = new TreeMap<>(Training.keys(RUN, checkpoints(), Map.of()));
            keys.put("checkpoint.every.images", "40");
            try (Load load = Load.every(IMAGE_EVERY, clients);
                    JavaProcess trainer = Maestream.train(bootstrap, root, keys)) {
                trainer.awaitLine(Maestream.ACTIVE);
                for (int kill = 0; kill < 3; kill++) {
                    int before = Steps.awaitCommits(clients, RUN, 1).size();
                    Steps.awaitCommits(clients, RUN, before + 2);

                    // When the broker is killed and comes back
                    assertThat(broker.kill()).isTrue();
                    broker = Maestream.broker(root, port);

                    // Then the trainer commits on, from where it is
                    before = Steps.awaitCommits(clients, RUN, 1).size();
                    Steps.awaitCommits(clients, RUN, before + 2);
                    assertThat(trainer.isAlive()).isTrue();
                }
                assertThat(trainer.lines())
                        .filteredOn(line -> line.startsWith(Maestream.ACTIVE))
                        .as("one term")
                        .hasSize(1);
                assertThat(trainer.terminate()).isZero();
            }
            System.out.println(Lineages.auditClean(bootstrap, RUN, checkpoints()));
        } finally {
            broker.close();
        }
    }

    @Test
    void shouldNotPauseForFifteenSecondsWhenOneOfThreeBrokersIsKilled() throws Exception {
        // Given three brokers, every record on all of them, and a trainer
        List<ClusterNodes.Node> nodes = ClusterNodes.of(3, root);
        Map<Integer, JavaProcess> running = new TreeMap<>();
        try {
            nodes.forEach(node -> running.put(node.id(), start(node)));
            running.values().forEach(node -> node.awaitLine(ClusterNodes.READY));
            String bootstrap = ClusterNodes.bootstrap(nodes);
            KafkaClients clients = Training.clients(bootstrap);
            Training.createTopics(clients, Map.of("topics.replication.factor", "3"));
            var settings =
                    Training.settings(RUN, checkpoints(), Map.of("checkpoint.every.images", "200"));
            try (Load load = Load.every(IMAGE_EVERY, clients);
                    RunningTrainer trainer =
                            RunningTrainer.start(settings, clients, checkpoints())) {
                await().atMost(PATIENCE).until(() -> trainer.committed().size() >= 2);

                // When the one that leads the images' partition is killed
                int leader = leader(clients);
                long before = trainer.step();
                int commits = trainer.committed().size();
                assertThat(running.remove(leader).kill()).isTrue();

                // Then steps go on and checkpoints are committed by the other two
                await().atMost(PATIENCE).until(() -> trainer.step() > before + 400);
                await().atMost(PATIENCE).until(() -> trainer.committed().size() >= commits + 2);
                System.out.printf(
                        Locale.ROOT,
                        "one of three brokers killed: longest pause between steps %.1f s%n",
                        trainer.longestPause().toMillis() / 1e3);
                assertThat(trainer.longestPause()).isLessThan(Duration.ofSeconds(15));
                trainer.stop();
            }
            System.out.println(Lineages.auditClean(bootstrap, RUN, checkpoints()));
        } finally {
            running.values().forEach(JavaProcess::close);
        }
    }

    private JavaProcess start(ClusterNodes.Node node) {
        return JavaProcess.start(ClusterNodes.class, root, node.args());
    }

    private static int leader(KafkaClients clients) throws Exception {
        try (var admin = clients.admin()) {
            return admin.describeTopics(List.of(Topics.IMAGES_PREPARED))
                    .allTopicNames()
                    .get()
                    .get(Topics.IMAGES_PREPARED)
                    .partitions()
                    .get(0)
                    .leader()
                    .id();
        }
    }

    private Path checkpoints() {
        return root.resolve("checkpoints");
    }
}
