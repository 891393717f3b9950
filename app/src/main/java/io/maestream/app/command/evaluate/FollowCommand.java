package io.maestream.app.command.evaluate;

import ai.djl.Device;
import io.maestream.app.LogFile;
import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.checkpoints.CheckpointOptions;
import io.maestream.app.command.checkpoints.ScoreTable;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.evaluate.EvaluationSets;
import io.maestream.follower.EncoderResolver;
import io.maestream.follower.follow.CheckpointFollower;
import io.maestream.follower.follow.CheckpointScorer;
import io.maestream.follower.follow.FollowSettings;
import io.maestream.mae.Devices;
import io.maestream.mae.FrozenEncoder;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores each checkpoint as its event comes. */
@Command(
        name = "follow",
        description = {
            "Scores each checkpoint of a run as its event is committed, as evaluate does, and"
                    + " publishes the scores on checkpoints.evaluated, until Ctrl-C. Started again,"
                    + " it goes on where it was: no checkpoint is scored twice, none is forgotten."
                    + " One that is damaged or gone is named and passed over; while the store is"
                    + " away, it waits.",
            ""
        },
        footer = {
            "",
            "Example: maestream follow --train cifar10-train.zip --test cifar10-test.zip"
                    + " --limit-train 10000 --limit-test 2000"
        })
final class FollowCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CheckpointOptions store;
    @Mixin private LabelledOptions images;

    @Option(names = "--releases-only", description = "Only checkpoints that are releases.")
    private boolean releasesOnly;

    @Option(
            names = "--newest-only",
            description = "Of several that wait, only the newest; all of them in order by default.")
    private boolean newestOnly;

    @Option(
            names = "--once",
            description = "Stop when all are scored whose events are there at the start.")
    private boolean once;

    @Option(
            names = "--evaluator",
            paramLabel = "NAME",
            description =
                    "Under which the scores are published and the place in the log is kept; the"
                            + " test images' name by default. Other images need another name.")
    private String evaluator;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            defaultValue = ScoreTable.METRIC,
            description = "Which score decides what is best (linear.mean by default).")
    private String metric;

    @Option(names = "--json", description = "Each score as a line of JSON.")
    private boolean json;

    FollowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadedConfig config = store.load(surroundings);
        LogFile.open(config.get(Sections.BROKER).dataDir(), config.get(Sections.LOG));
        FollowSettings settings =
                new FollowSettings(
                        store.runId(config),
                        evaluator == null ? images.name() : evaluator,
                        releasesOnly,
                        newestOnly);
        Device device = Devices.best();
        EvaluationSets sets = images.open(config, device, surroundings.shutdown());
        KafkaClients clients =
                BrokerOptions.connect(config, Topics.CHECKPOINTS, Topics.CHECKPOINTS_EVALUATED);
        CheckpointFollower follower =
                new CheckpointFollower(
                        settings,
                        new EncoderResolver(CheckpointOptions.store(config)),
                        scorer(sets, device),
                        connections(clients, settings),
                        printer(clients, settings));
        try (follower) {
            surroundings.shutdown().stoppable(follower::stop, () -> run(follower));
        }
        return ExitCode.OK.status();
    }

    private static CheckpointScorer scorer(EvaluationSets sets, Device device) {
        return verified -> {
            // What the event says of sizes is only believed once the weights have them.
            try (FrozenEncoder encoder = verified.open(device)) {
                return sets.scoring(encoder.image()).of(encoder);
            }
        };
    }

    private static CheckpointFollower.Clients connections(
            KafkaClients clients, FollowSettings settings) {
        return new CheckpointFollower.Clients(
                clients.consumer(
                        AvroSerde.deserializer(CheckpointCommitted.class),
                        Map.of("group.id", settings.group())),
                () ->
                        clients.producer(
                                AvroSerde.serializer(CheckpointEvaluated.class),
                                Map.of("transactional.id", settings.group())));
    }

    private FollowPrinter printer(KafkaClients clients, FollowSettings settings) {
        ScoreTable before =
                ScoreTable.read(
                        clients,
                        score ->
                                score.getRunId().equals(settings.runId())
                                        && score.getEvaluator().equals(settings.evaluator()));
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (!json) {
            if (!before.board().scores().isEmpty()) {
                before.lines(metric).forEach(out::println);
            }
            out.println("following run %s as %s".formatted(settings.runId(), settings.evaluator()));
            out.flush();
        }
        return new FollowPrinter(out, err, json, before, metric);
    }

    private void run(CheckpointFollower follower) {
        try {
            follower.run(once);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
