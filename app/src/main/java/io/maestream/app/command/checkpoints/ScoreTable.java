package io.maestream.app.command.checkpoints;

import io.maestream.app.command.base.Table;
import io.maestream.app.command.base.Words;
import io.maestream.app.tail.TopicTail;
import io.maestream.follower.follow.ScoreBoard;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Scores as events have them, beside what the events of their checkpoints say. */
public final class ScoreTable {
    /** What checkpoints are compared by where nobody says. */
    public static final String METRIC = "linear.mean";

    private final ScoreBoard board;
    private final Map<String, CheckpointCommitted> checkpoints;

    private ScoreTable(ScoreBoard board, Map<String, CheckpointCommitted> checkpoints) {
        this.board = board;
        this.checkpoints = checkpoints;
    }

    /** Reads both topics to their end. */
    public static ScoreTable read(KafkaClients clients, Predicate<CheckpointEvaluated> wanted) {
        ScoreBoard board = new ScoreBoard();
        read(
                clients,
                CheckpointEvaluated.class,
                Topics.CHECKPOINTS_EVALUATED,
                score -> {
                    if (wanted.test(score)) {
                        board.add(score);
                    }
                });
        Map<String, CheckpointCommitted> checkpoints = new HashMap<>();
        read(
                clients,
                CheckpointCommitted.class,
                Topics.CHECKPOINTS,
                event -> checkpoints.put(key(event.getRunId(), event.getCheckpointId()), event));
        return new ScoreTable(board, checkpoints);
    }

    public ScoreBoard board() {
        return board;
    }

    /** The event of a score's checkpoint. */
    Optional<CheckpointCommitted> event(CheckpointEvaluated score) {
        return Optional.ofNullable(checkpoints.get(key(score.getRunId(), score.getCheckpointId())));
    }

    /** Notes an event that came later. */
    public void add(CheckpointCommitted event, CheckpointEvaluated score) {
        checkpoints.put(key(event.getRunId(), event.getCheckpointId()), event);
        board.add(score);
    }

    /** All scores in percent, the best by a metric marked. */
    public List<String> lines(String metric) {
        List<String> metrics = board.metrics();
        List<String> headings = new ArrayList<>(List.of("", "CHECKPOINT", "RUN", "STEP", "WHY"));
        metrics.forEach(name -> headings.add(name.toUpperCase(Locale.ROOT)));
        Table table = new Table(headings.toArray(String[]::new));
        Optional<CheckpointEvaluated> best = board.best(metric);
        for (CheckpointEvaluated score : board.scores()) {
            Optional<CheckpointCommitted> event = event(score);
            List<Object> row =
                    new ArrayList<>(
                            Arrays.asList(
                                    best.filter(b -> b == score).isPresent() ? "*" : "",
                                    score.getCheckpointId(),
                                    score.getRunId(),
                                    event.map(e -> "" + e.getStep()).orElse("?"),
                                    event.map(e -> "" + e.getTrigger().getKind()).orElse("?")));
            metrics.forEach(name -> row.add(percent(score.getScores().get(name))));
            table.row(row.toArray());
        }
        return table.lines();
    }

    private static String percent(Double share) {
        return share == null ? "-" : Words.percent(share);
    }

    private static String key(String runId, String checkpointId) {
        return runId + "/" + checkpointId;
    }

    private static <V extends SpecificRecord> void read(
            KafkaClients clients, Class<V> type, String topic, Consumer<V> reader) {
        var consumer = clients.consumer(AvroSerde.deserializer(type), Map.of());
        try (var tail = new TopicTail<>(consumer, topic)) {
            tail.readToEnd(
                    record -> {
                        if (record.value() != null) {
                            reader.accept(record.value());
                        }
                    });
        }
    }
}
