package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.broker.EmbeddedBroker;
import io.maestream.app.training.Training;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.trainer.report.TrainingObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers that are killed with SIGKILL at named points, and what their run is afterwards. */
class KilledTrainerIT {

    private static final long SEED = 4;

    /** For each partition; a camera's images go where the hash of its name says. */
    private static final int CAMERAS = 8;

    @TempDir Path root;

    /** Once at every point; those that leave a checkpoint behind after those that do not. */
    @Test
    void shouldHaveTheWeightsOfAnUndisturbedRunAfterAKillAtEveryPoint() {
        List<KillPoint> points =
                List.of(
                        KillPoint.BEFORE_TMP,
                        KillPoint.MID_WRITE,
                        KillPoint.BEFORE_MANIFEST,
                        KillPoint.AFTER_RENAME,
                        KillPoint.IN_TRANSACTION,
                        KillPoint.AFTER_COMMIT,
                        KillPoint.MID_STEP,
                        KillPoint.BEFORE_RENAME,
                        KillPoint.IN_RESTORE);

        killAndCompare(points, 1, 4_000);
    }

    @Test
    @Tag("fault")
    void shouldHaveTheWeightsOfAnUndisturbedRunAfterSixtyKillsOnOnePartition() {
        killAndCompare(Lineages.schedule(5, 20, SEED), 3, 60_000);
    }

    @Test
    @Tag("fault")
    void shouldReplayEveryCheckpointAfterKillsOnThreePartitions() {
        try (EmbeddedBroker broker = broker()) {
            String bootstrap = broker.bootstrapServers();
            prepare(bootstrap, 60_000, 3);
            try (KillSeries series = new KillSeries(bootstrap, "killed", checkpoints(), SEED)) {
                killAll(series, Lineages.schedule(2, 12, SEED), 3);
                long step = Lineages.last(Training.clients(bootstrap), "killed").getStep() + 40;
                series.finish(step);
                series.table().forEach(System.out::println);
            }
            System.out.println(Lineages.auditClean(bootstrap, "killed", checkpoints()));
            System.out.println(Lineages.replayAll(bootstrap, "killed", checkpoints()));
        }
    }

    private void killAndCompare(List<KillPoint> points, int mostTimes, int images) {
        try (EmbeddedBroker broker = broker()) {
            String bootstrap = broker.bootstrapServers();
            KafkaClients clients = prepare(bootstrap, images, 1);
            long step;
            try (KillSeries series = new KillSeries(bootstrap, "killed", checkpoints(), SEED)) {
                // When trainer after trainer is killed, and one at last gets to the end
                killAll(series, points, mostTimes);
                assertThat(series.total()).isEqualTo(points.size());
                step = Lineages.last(clients, "killed").getStep() + 40;
                series.finish(step);
                series.table().forEach(System.out::println);
            }

            // Then the lineage is whole, and the weights are those of a run left in peace
            String audit = Lineages.auditClean(bootstrap, "killed", checkpoints());
            var undisturbed = Training.settings("undisturbed", checkpoints(), Map.of()).until(step);
            Training.service(
                            undisturbed,
                            clients,
                            new FileSystemStore(checkpoints()),
                            new TrainingObserver() {})
                    .run();
            assertThat(Lineages.digests(Lineages.last(clients, "killed")))
                    .isEqualTo(Lineages.digests(Lineages.last(clients, "undisturbed")));
            System.out.println(audit);
            System.out.println(
                    "step " + step + ", " + Lineages.digests(Lineages.last(clients, "killed")));
        }
    }

    private static void killAll(KillSeries series, List<KillPoint> points, int mostTimes) {
        int number = 0;
        for (KillPoint point : points) {
            // Each process restores only once.
            boolean once = point == KillPoint.IN_RESTORE;
            series.kill(point, once ? 1 : 1 + number++ % mostTimes);
        }
    }

    private KafkaClients prepare(String bootstrap, int images, int partitions) {
        KafkaClients clients = Training.clients(bootstrap);
        Training.createTopics(clients, Map.of("topics.image.partitions", "" + partitions));
        Training.publish(clients, 0, images, CAMERAS * partitions);
        return clients;
    }

    private EmbeddedBroker broker() {
        return new EmbeddedBroker(new BrokerSettings(root.resolve("data"), 0, 64 << 20)).start();
    }

    private Path checkpoints() {
        return root.resolve("checkpoints");
    }
}
