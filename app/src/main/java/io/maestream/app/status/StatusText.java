package io.maestream.app.status;

import io.maestream.app.demo.TrainingState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs and rejections as lines for a person.
 *
 * @param colours of the terminal
 * @param columns width of the terminal
 */
public record StatusText(Colours colours, int columns) {
    private static final int LABEL = 14;
    private static final int FIGURE = 8;
    private static final int MOST_BLOCKS = 60;

    /** A run: what it does, how well, who does it, and what was kept of it. */
    public List<String> run(RunStatus run, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(colours.bold("Run " + run.id()) + "  " + activity(run, now));
        run.steps().ifPresent(steps -> addSteps(lines, steps));
        if (!run.group().lags().isEmpty()) {
            line(lines, "lag", lag(run));
        }
        run.group().active().ifPresent(active -> line(lines, "trainer", members(active, run)));
        line(lines, "checkpoint", run.checkpoint().map(c -> checkpoint(c, now)).orElse("none yet"));
        run.score().ifPresent(score -> line(lines, "score", score(score)));
        return lines;
    }

    /** The rejected images of the last hour. */
    public String rejections(Rejections rejections) {
        if (rejections.total() == 0) {
            return "Rejected in the last hour: none";
        }
        String reasons =
                rejections.byReason().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return "Rejected in the last hour: "
                + (rejections.complete() ? "" : "at least ")
                + colours.doubtful(rejections.total() + " (" + reasons + ")");
    }

    private String activity(RunStatus run, Instant now) {
        String since =
                run.steps()
                        .map(s -> "last step " + Ago.words(s.lastAt(), now) + " ago")
                        .orElse("no step yet");
        return switch (run.activity(now)) {
            case TRAINING -> colours.good("training");
            case WAITING -> colours.doubtful("waiting, " + since);
            case CHANGING -> colours.doubtful("changing trainers, " + since);
            case STOPPED -> colours.bad("no trainer is running, " + since);
        };
    }

    private void addSteps(List<String> lines, RunStatus.Steps steps) {
        TrainingState state = steps.state();
        line(lines, "step", format("%d, %d images", state.step(), state.imagesSeen()));
        int blocks = Math.min(MOST_BLOCKS, Math.max(1, columns - LABEL - FIGURE - 2));
        line(
                lines,
                "loss",
                format("%-" + FIGURE + ".4f", state.loss()) + Sparkline.of(steps.losses(), blocks));
        line(
                lines,
                "speed",
                format(
                        "%.1f images/s, data wait %.0f%%, learning rate %.2e",
                        state.imagesPerSecond(),
                        100 * state.dataWaitShare(),
                        state.learningRate()));
    }

    private static String lag(RunStatus run) {
        String polled =
                run.steps()
                        .map(steps -> steps.state().lag())
                        .filter(lag -> lag >= 0)
                        .map(lag -> lag + " not polled; ")
                        .orElse("");
        return run.group().lags().stream()
                .map(lag -> format("p%d %d", lag.partition(), lag.records()))
                .collect(Collectors.joining(", ", polled + "past the last checkpoint: ", ""));
    }

    private static String members(String active, RunStatus run) {
        List<String> standbys = run.group().standbys();
        return active
                + (standbys.isEmpty()
                        ? ", no standby"
                        : "; standing by: " + String.join(", ", standbys));
    }

    private static String checkpoint(CheckpointCommitted checkpoint, Instant now) {
        return format(
                "%s, step %d, %s ago, %s (%s)",
                checkpoint.getCheckpointId(),
                checkpoint.getStep(),
                Ago.words(checkpoint.getCommittedAt(), now),
                checkpoint.getTrigger().getKind(),
                checkpoint.getTrigger().getReason());
    }

    private static String score(CheckpointEvaluated score) {
        return new TreeMap<>(score.getScores())
                .entrySet().stream()
                        .map(entry -> format("%s %.4f", entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", ", "", " by " + score.getEvaluator()));
    }

    private static void line(List<String> lines, String label, String text) {
        lines.add(format("  %-" + (LABEL - 2) + "s", label) + text);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
