package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.command.Run;
import io.maestream.app.training.Training;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.client.KafkaClients;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What is looked at after the faults. */
final class Lineages {

    private Lineages() {}

    /** Has {@code maestream audit} look at a run; it must find nothing, and no second lineage. */
    static String auditClean(String bootstrap, String run, Path directory) {
        Run audit =
                Run.of(
                        "audit",
                        "--bootstrap",
                        bootstrap,
                        "--run",
                        run,
                        "--set",
                        "checkpoint.dir=" + directory);
        assertThat(audit.status()).as(audit.err()).isZero();
        assertThat(audit.out()).doesNotContain("not in the lineage").doesNotContain("skipped");
        return audit.out().strip();
    }

    /** Has {@code maestream replay} train every committed checkpoint again; all must be equal. */
    static String replayAll(String bootstrap, String run, Path directory) {
        List<String> args = new ArrayList<>(List.of("replay", "--all", "--bootstrap", bootstrap));
        Training.keys(run, directory, KillSeries.KEYS)
                .forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        Run replay = Run.of(args.toArray(String[]::new));
        assertThat(replay.status()).as(replay.err()).isZero();
        int committed = Training.committed(Training.clients(bootstrap), run).size();
        List<String> lines = replay.lines();
        String summary = lines.get(lines.size() - 1);
        assertThat(summary)
                .isEqualTo(committed + " of " + committed + " checkpoints replayed, all equal");
        return summary;
    }

    static CheckpointCommitted last(KafkaClients clients, String run) {
        List<CheckpointCommitted> events = Training.committed(clients, run);
        return events.get(events.size() - 1);
    }

    /** SHA-256 of weights and moments. */
    static Map<String, String> digests(CheckpointCommitted event) {
        Map<String, String> digests = new TreeMap<>();
        for (CheckpointFile file : event.getFiles()) {
            if (List.of("model", "optimizer").contains(file.getRole())) {
                digests.put(file.getRole(), file.getSha256());
            }
        }
        assertThat(digests).hasSize(2);
        return digests;
    }

    /**
     * Every point so often, and random times, shuffled. The first one leaves a checkpoint behind:
     * without any, no process gets as far as restoring one.
     */
    static List<KillPoint> schedule(int ofEach, int atRandom, long seed) {
        List<KillPoint> points = new ArrayList<>();
        for (KillPoint point : KillPoint.values()) {
            int count = point == KillPoint.RANDOM_TIME ? atRandom : ofEach;
            points.addAll(Collections.nCopies(count, point));
        }
        points.remove(KillPoint.AFTER_COMMIT);
        Collections.shuffle(points, new Random(seed));
        points.add(0, KillPoint.AFTER_COMMIT);
        return points;
    }
}
