package io.maestream.app.command.evaluate;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Table;
import io.maestream.app.command.base.Words;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.evaluate.EvaluationSets;
import io.maestream.checkpoints.Manifest;
import io.maestream.follower.EncoderResolver;
import io.maestream.follower.VerifiedEncoder;
import io.maestream.follower.score.Scoring;
import io.maestream.mae.Devices;
import io.maestream.mae.FrozenEncoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores a checkpoint's encoder on labelled images. */
@Command(
        name = "evaluate",
        description = {
            "Scores a checkpoint's frozen encoder on labelled images: nearest neighbours (k = 20,"
                    + " cosine) and a linear probe, on the class token and on the mean over"
                    + " patches. The checkpoint is verified first.",
            ""
        },
        footer = {
            "",
            "Example: maestream evaluate --train cifar10-train.zip --test cifar10-test.zip"
                    + " --limit-test 5000 --controls"
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private LookOptions options;
    @Mixin private LabelledOptions images;

    @Option(
            names = "--controls",
            description = "Also score the pixels as they are, and an untrained encoder.")
    private boolean controls;

    @Option(
            names = "--ema",
            description =
                    "The moving average of the weights, which runs with train.ema.decay have.")
    private boolean averaged;

    @Option(names = "--json", description = "One line of JSON; scores are shares of 1.")
    private boolean json;

    EvaluateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LoadedConfig config = options.load(surroundings);
        Device device = Devices.best();
        EvaluationSets sets = images.open(config, device, surroundings.shutdown());
        LookOptions.Verified checkpoint = options.verified(config);
        VerifiedEncoder verified =
                EncoderResolver.verified(checkpoint.manifest(), checkpoint.directory(), averaged);
        progress("reading %d and %d images", sets.trainCount(), sets.testCount());
        Scoring scoring = sets.scoring(verified.image());
        progress("scoring the encoder");
        Map<String, Map<String, Double>> found = new LinkedHashMap<>();
        try (FrozenEncoder encoder = verified.open(device)) {
            found.put("encoder", scoring.of(encoder));
        }
        if (controls) {
            progress("scoring pixels");
            found.put("pixels", scoring.ofPixels());
            progress("scoring an untrained encoder");
            try (FrozenEncoder untrained =
                    FrozenEncoder.untrained(
                            verified.image(), verified.tower(), images.seed(), device)) {
                found.put("untrained", scoring.of(untrained));
            }
        }
        print(checkpoint.manifest(), sets, found);
        return ExitCode.OK.status();
    }

    private void progress(String what, Object... numbers) {
        var err = spec.commandLine().getErr();
        err.println(what.formatted(numbers) + " …");
        err.flush();
    }

    private void print(
            Manifest manifest, EvaluationSets sets, Map<String, Map<String, Double>> found)
            throws IOException {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(tree(manifest, sets, found)));
        } else {
            out.println(
                    "%s of run %s: step %d, %d images seen"
                            .formatted(
                                    manifest.checkpointId(),
                                    manifest.runId(),
                                    manifest.step(),
                                    manifest.imagesSeen()));
            out.println(
                    "%d training and %d test images of %d classes; right answers in percent"
                            .formatted(sets.trainCount(), sets.testCount(), sets.classes().size()));
            table(found).lines().forEach(out::println);
        }
        out.flush();
    }

    private static Table table(Map<String, Map<String, Double>> found) {
        Table table = new Table("FEATURES", "KNN", "LINEAR");
        found.forEach(
                (what, scores) ->
                        scores.keySet().stream()
                                .filter(name -> name.startsWith(Scoring.KNN))
                                .map(name -> name.substring(Scoring.KNN.length()))
                                .forEach(
                                        kind ->
                                                table.row(
                                                        what.equals(kind)
                                                                ? kind
                                                                : what + " " + kind,
                                                        Words.percent(
                                                                scores.get(Scoring.KNN + kind)),
                                                        Words.percent(
                                                                scores.get(
                                                                        Scoring.LINEAR + kind)))));
        return table;
    }

    private ObjectNode tree(
            Manifest manifest, EvaluationSets sets, Map<String, Map<String, Double>> found) {
        ObjectNode tree = new ObjectMapper().createObjectNode();
        tree.put("checkpointId", manifest.checkpointId())
                .put("runId", manifest.runId())
                .put("step", manifest.step())
                .put("imagesSeen", manifest.imagesSeen())
                .put("train", sets.trainCount())
                .put("test", sets.testCount())
                .put("classes", sets.classes().size())
                .put("seed", images.seed());
        found.forEach(
                (what, scores) -> {
                    ObjectNode node = tree.putObject(what.equals("encoder") ? "scores" : what);
                    scores.forEach(node::put);
                });
        return tree;
    }
}
