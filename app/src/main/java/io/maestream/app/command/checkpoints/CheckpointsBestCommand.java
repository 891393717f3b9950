package io.maestream.app.command.checkpoints;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Words;
import io.maestream.app.config.LoadedConfig;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Names the checkpoint that scored highest. */
@Command(
        name = "best",
        description = {
            "Names the checkpoint with the highest score that a follower has published, with all of"
                    + " its scores. Only scores of one evaluator are compared.",
            ""
        },
        footer = {
            "",
            "Example: maestream checkpoints best --metric linear.mean",
            "Example: maestream checkpoints fetch $(maestream checkpoints best --json | jq -r .location)"
                    + " --to models"
        })
final class CheckpointsBestCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(names = "--run", paramLabel = "ID", description = "Only this run's checkpoints.")
    private String run;

    @Option(
            names = "--evaluator",
            paramLabel = "NAME",
            description = "Whose scores; needed if there are several.")
    private String evaluator;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            defaultValue = ScoreTable.METRIC,
            description = "Which score: knn.cls, knn.mean, linear.cls, or linear.mean by default.")
    private String metric;

    @Option(names = "--all", description = "All scores as a table, the best marked.")
    private boolean all;

    @Option(names = "--json", description = "One line of JSON; scores are shares of 1.")
    private boolean json;

    CheckpointsBestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        LoadedConfig config = common.load(surroundings, broker.keys().map());
        KafkaClients clients =
                BrokerOptions.connect(config, Topics.CHECKPOINTS, Topics.CHECKPOINTS_EVALUATED);
        Predicate<CheckpointEvaluated> wanted =
                score ->
                        (run == null || run.equals(score.getRunId()))
                                && (evaluator == null || evaluator.equals(score.getEvaluator()));
        ScoreTable table = ScoreTable.read(clients, wanted);
        CheckpointEvaluated best = best(table);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(tree(table, best)));
        } else if (all) {
            table.lines(metric).forEach(out::println);
        } else {
            out.println(best.getCheckpointId() + "  " + words(table, best));
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private CheckpointEvaluated best(ScoreTable table) {
        if (table.board().evaluators().size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "There are scores of several evaluators, which cannot be compared: name one of %s"
                                    .formatted(table.board().evaluators())
                            + " with --evaluator");
        }
        Optional<CheckpointEvaluated> best = table.board().best(metric);
        return best.orElseThrow(
                () ->
                        new CommandFailure(
                                ExitCode.NOT_FOUND,
                                table.board().scores().isEmpty()
                                        ? "No checkpoint was scored yet; a follower does that:"
                                                + " maestream follow"
                                        : "No checkpoint has a score %s; there are %s"
                                                .formatted(metric, table.board().metrics())));
    }

    private String words(ScoreTable table, CheckpointEvaluated best) {
        StringBuilder words = new StringBuilder();
        table.event(best)
                .ifPresent(
                        event ->
                                words.append(
                                        "step %d, %d images, %s; "
                                                .formatted(
                                                        event.getStep(),
                                                        event.getImagesSeen(),
                                                        event.getTrigger().getKind())));
        new TreeMap<>(best.getScores())
                .forEach(
                        (name, share) ->
                                words.append(name)
                                        .append(' ')
                                        .append(Words.percent(share))
                                        .append(name.equals(metric) ? " (best)  " : "  "));
        return words.append("by ").append(best.getEvaluator()).toString();
    }

    private ObjectNode tree(ScoreTable table, CheckpointEvaluated best) {
        ObjectNode tree = new ObjectMapper().createObjectNode();
        tree.put("checkpointId", best.getCheckpointId())
                .put("runId", best.getRunId())
                .put("evaluator", best.getEvaluator())
                .put("evaluatedAt", best.getEvaluatedAt().toString())
                .put("metric", metric);
        ObjectNode scores = tree.putObject("scores");
        new TreeMap<>(best.getScores()).forEach(scores::put);
        table.event(best)
                .ifPresent(
                        event ->
                                tree.put("step", event.getStep())
                                        .put("imagesSeen", event.getImagesSeen())
                                        .put("trigger", event.getTrigger().getKind().toString())
                                        .put("location", event.getLocation()));
        return tree;
    }
}
