package io.maestream.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.app.broker.RunningBroker;
import io.maestream.app.command.Run;
import io.maestream.app.tail.TopicTail;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.TrainerService;
import io.maestream.trainer.checkpoint.LineageAudit;
import io.maestream.trainer.checkpoint.Releases;
import io.maestream.trainer.command.CommandSender;
import io.maestream.trainer.command.Request;
import io.maestream.trainer.report.StepReport;
import io.maestream.trainer.report.TrainingObserver;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Releases on a branch, beside a run that makes none. */
@Timeout(120)
class ReleaseIT {

    private static final long ASKED_AT = 8;
    private static final long LAST = 120;
    private static final Map<String, String> KEYS =
            Map.of(
                    "train.release.share", "0.5",
                    "train.release.steps.min", "4",
                    "train.release.steps.max", "9",
                    "train.ema.decay", "0.9",
                    "train.warmup.steps", "4",
                    "checkpoint.every.images", "160",
                    "checkpoint.keep", "100");

    @TempDir static Path root;
    @RegisterExtension static final RunningBroker broker = new RunningBroker();
    private static KafkaClients clients;
    private static Asking asking;

    @BeforeAll
    static void trainWithoutAndWithARelease() {
        clients = Training.clients(broker.bootstrapServers());
        Training.createTopics(clients);
        Training.publish(clients, 0, 560);
        train("without", new TrainingObserver() {});
        asking = new Asking("with");
        train("with", asking);
    }

    @Test
    void shouldPublishAnAnnealedBranchAndGoOnAsIfThereHadBeenNone() {
        // Given a run in whose midst a release was asked for, then it hangs on a plateau that was
        // committed for it, and names who asked
        List<CheckpointCommitted> events = Training.committed(clients, "with");
        CheckpointCommitted release = only(events.stream().filter(Releases::isRelease).toList());
        CheckpointCommitted plateau = byId(events, release.getParentId());
        assertThat(plateau.getTrigger().getKind()).isEqualTo(TriggerKind.COMMAND);
        assertThat(plateau.getTrigger().getReason()).isEqualTo("the plateau before a release");
        assertThat(release.getTrigger().getReason())
                .isEqualTo("monday " + Request.mark(asking.sent));
        assertThat(release.getStep()).isEqualTo(plateau.getStep() + asking.rates.size());
        assertThat(release.getNextOffsets().get(0).getOffset())
                .isGreaterThan(plateau.getNextOffsets().get(0).getOffset());

        // And its rate fell from the plateau's
        assertThat(asking.rates).hasSizeBetween(4, 9);
        assertThat(asking.rates.get(0)).isEqualTo(1e-3);
        assertThat(asking.rates).isSortedAccordingTo(Comparator.<Double>naturalOrder().reversed());

        // And the run is the one that made no release, step by step and bit by bit
        assertThat(asking.steps).containsExactlyElementsOf(oneTo(LAST));
        assertSameAsWithout("with");
        assertThat(latest("with")).doesNotContain(release.getCheckpointId()).isNotEmpty();
    }

    @Test
    void shouldHoldInAuditAndReplay() {
        List<CheckpointCommitted> events = Training.committed(clients, "with");
        CheckpointCommitted release = only(events.stream().filter(Releases::isRelease).toList());

        // When the lineage is walked, and every checkpoint is trained again
        LineageAudit.Report report = LineageAudit.of(events);
        Run audit = line("audit");
        Run replay = line("replay", "--all");

        // Then nothing is wrong, and the release comes out the same from its parent
        assertThat(report.problems()).isEmpty();
        assertThat(report.releases()).containsExactly(release.getCheckpointId());
        assertThat(report.abandoned()).isEmpty();
        assertThat(audit.status()).as(audit.err()).isZero();
        assertThat(audit.out()).contains("releases, beside it: " + release.getCheckpointId());
        assertThat(replay.status()).as(replay.err()).isZero();
        assertThat(replay.out())
                .contains(release.getCheckpointId() + "  step " + release.getStep())
                .contains(events.size() + " of " + events.size() + " checkpoints replayed");
    }

    @Test
    void shouldResumeThePlateauWhenTheTrainerDiesOnTheBranch() {
        // Given a trainer that dies at the third step of the branch
        Asking dying =
                new Asking("dying") {
                    @Override
                    public void annealed(StepReport step, long until) {
                        super.annealed(step, until);
                        if (rates.size() == 3) {
                            throw new IllegalStateException("died");
                        }
                    }
                };
        assertThatThrownBy(() -> train("dying", dying)).hasMessage("died");
        CheckpointCommitted newest = newest("dying");
        assertThat(newest.getTrigger().getReason()).contains("plateau before a release");

        // When another one takes over
        Asking next = new Asking("nobody");
        train("dying", next);

        // Then it goes on from the plateau, without a release
        assertThat(next.steps.get(0)).isEqualTo(newest.getStep() + 1);
        assertThat(next.rates).isEmpty();
        assertThat(Training.committed(clients, "dying")).noneMatch(Releases::isRelease);
        assertSameAsWithout("dying");
    }

    @Test
    void shouldGiveTheReleaseUpWhenTheRunIsStoppedOnTheBranch() {
        TrainerService[] service = new TrainerService[1];
        Asking stopping =
                new Asking("stopped") {
                    @Override
                    public void annealed(StepReport step, long until) {
                        super.annealed(step, until);
                        service[0].stop();
                    }
                };
        service[0] = service("stopped", stopping);
        service[0].run();

        assertThat(stopping.givenUp).singleElement().asString().contains("ask again");
        assertThat(Training.committed(clients, "stopped")).noneMatch(Releases::isRelease);
        assertThat(newest("stopped").getTrigger().getReason()).contains("plateau");

        train("stopped", new TrainingObserver() {});
        assertSameAsWithout("stopped");
        assertThat(LineageAudit.of(Training.committed(clients, "stopped")).problems()).isEmpty();
    }

    private static void assertSameAsWithout(String run) {
        CheckpointCommitted with = newest(run);
        CheckpointCommitted without = newest("without");
        assertThat(with.getStep()).isEqualTo(LAST);
        assertThat(with.getNextOffsets()).isEqualTo(without.getNextOffsets());
        assertThat(with.getImagesSeen()).isEqualTo(without.getImagesSeen());
        for (String role : List.of("model", "optimizer", "ema")) {
            assertThat(digest(with, role)).as(role).isEqualTo(digest(without, role));
        }
    }

    private static void train(String run, TrainingObserver observer) {
        service(run, observer).run();
    }

    private static TrainerService service(String run, TrainingObserver observer) {
        Path directory = root.resolve("checkpoints");
        return Training.service(
                Training.settings(run, directory, KEYS).until(LAST),
                clients,
                new FileSystemStore(directory),
                observer);
    }

    /** A command about the run with the release. */
    private static Run line(String... command) {
        List<String> args = new ArrayList<>(Arrays.asList(command));
        args.addAll(List.of("--bootstrap", broker.bootstrapServers()));
        Training.keys("with", root.resolve("checkpoints"), KEYS)
                .forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        return Run.of(args.toArray(String[]::new));
    }

    private static List<String> latest(String run) {
        List<String> ids = new ArrayList<>();
        var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of());
        try (var tail = new TopicTail<>(consumer, Topics.CHECKPOINTS_LATEST)) {
            tail.readToEnd(
                    record -> {
                        if (record.key().equals(run)) {
                            ids.add(record.value().getCheckpointId());
                        }
                    });
        }
        return ids;
    }

    private static CheckpointCommitted newest(String run) {
        List<CheckpointCommitted> events = Training.committed(clients, run);
        return events.get(events.size() - 1);
    }

    private static CheckpointCommitted byId(List<CheckpointCommitted> events, String id) {
        return only(events.stream().filter(event -> event.getCheckpointId().equals(id)).toList());
    }

    private static CheckpointCommitted only(List<CheckpointCommitted> events) {
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static String digest(CheckpointCommitted event, String role) {
        return event.getFiles().stream()
                .filter(file -> file.getRole().equals(role))
                .map(CheckpointFile::getSha256)
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** Asks for one release at an early step, and notes what the run does. */
    private static class Asking implements TrainingObserver {
        final List<Long> steps = new ArrayList<>();
        final List<Double> rates = new ArrayList<>();
        final List<String> givenUp = new ArrayList<>();
        private final String run;
        private TrainerCommand sent;

        Asking(String run) {
            this.run = run;
        }

        @Override
        public void stepped(StepReport step) {
            steps.add(step.progress().step());
            if (step.progress().step() == ASKED_AT) {
                try (CommandSender sender = new CommandSender(clients, Clock.systemUTC())) {
                    sent = sender.send(run, CommandKind.RELEASE, "monday");
                }
            }
        }

        @Override
        public void annealed(StepReport step, long until) {
            rates.add(step.learningRate());
        }

        @Override
        public void releaseGivenUp(String why) {
            givenUp.add(why);
        }
    }
}
