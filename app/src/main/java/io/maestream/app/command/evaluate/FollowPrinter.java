package io.maestream.app.command.evaluate;

import io.maestream.app.command.base.Words;
import io.maestream.app.command.checkpoints.ScoreTable;
import io.maestream.follower.follow.FollowObserver;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person, or a script, what becomes of each event; what goes wrong is logged as well. */
final class FollowPrinter implements FollowObserver {
    private static final Logger LOG = LoggerFactory.getLogger(FollowPrinter.class);
    private static final double MILLIS = 1000;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final ScoreTable table;
    private final String metric;

    /**
     * @param table what was scored before
     * @param metric that decides which is best
     */
    FollowPrinter(PrintWriter out, PrintWriter err, boolean json, ScoreTable table, String metric) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.table = table;
        this.metric = metric;
    }

    @Override
    public void evaluated(CheckpointCommitted event, CheckpointEvaluated score, Duration took) {
        table.add(event, score);
        LOG.atInfo()
                .addKeyValue("checkpoint", event.getCheckpointId())
                .addKeyValue("run", event.getRunId())
                .addKeyValue("scores", score.getScores())
                .log("checkpoint evaluated");
        out.println(json ? score.toString() : words(event, score, took));
        out.flush();
    }

    @Override
    public void refused(CheckpointCommitted event, String reason) {
        warn(event, "passed over for good: " + reason);
    }

    @Override
    public void superseded(CheckpointCommitted event) {
        warn(event, "not scored, a newer one is there");
    }

    @Override
    public void late(CheckpointCommitted event, String reason, Duration next) {
        warn(event, "%s; next try in %d s".formatted(reason, next.toSeconds()));
    }

    @Override
    public void unreadable(String place, String reason) {
        LOG.atWarn().log("passed over an unreadable record: {}: {}", place, reason);
        err.println("passed over an unreadable record: " + place + ": " + reason);
        err.flush();
    }

    private void warn(CheckpointCommitted event, String what) {
        LOG.atWarn()
                .addKeyValue("checkpoint", event.getCheckpointId())
                .addKeyValue("run", event.getRunId())
                .log(what);
        err.println(event.getCheckpointId() + "  " + what);
        err.flush();
    }

    private String words(CheckpointCommitted event, CheckpointEvaluated score, Duration took) {
        StringBuilder line = new StringBuilder(event.getCheckpointId());
        line.append("  step %d, %s ".formatted(event.getStep(), event.getTrigger().getKind()));
        new TreeMap<>(score.getScores())
                .forEach(
                        (name, share) ->
                                line.append(" %s %s ".formatted(name, Words.percent(share))));
        line.append(String.format(Locale.ROOT, " %.1f s", took.toMillis() / MILLIS));
        boolean isBest = table.board().best(metric).filter(best -> best == score).isPresent();
        return isBest ? line + "  best " + metric + " so far" : line.toString();
    }
}
