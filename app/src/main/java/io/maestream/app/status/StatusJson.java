package io.maestream.app.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.app.demo.TrainingState;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.SourceStatus;
import java.util.Locale;

/** The status as one JSON object. */
public final class StatusJson {
    private StatusJson() {}

    /** All of it. */
    public static ObjectNode of(Status status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", status.at().toString());
        ArrayNode runs = json.putArray("runs");
        status.runs().forEach(run -> addRun(runs.addObject(), run, status));
        ArrayNode sources = json.putArray("sources");
        status.sources().forEach(source -> addSource(sources.addObject(), source));
        ObjectNode rejected = json.putObject("rejectedLastHour");
        rejected.put("total", status.rejections().total());
        rejected.put("complete", status.rejections().complete());
        ObjectNode reasons = rejected.putObject("reasons");
        status.rejections().byReason().forEach(reasons::put);
        return json;
    }

    private static void addRun(ObjectNode json, RunStatus run, Status status) {
        json.put("run", run.id());
        json.put("activity", run.activity(status.at()).name().toLowerCase(Locale.ROOT));
        run.steps().ifPresent(steps -> addSteps(json, steps));
        json.put("active", run.group().active().orElse(null));
        ArrayNode standbys = json.putArray("standbys");
        run.group().standbys().forEach(standbys::add);
        ArrayNode partitions = json.putArray("partitions");
        for (PartitionLag lag : run.group().lags()) {
            ObjectNode one = partitions.addObject().put("partition", lag.partition());
            lag.committed().ifPresent(offset -> one.put("committed", offset));
            one.put("end", lag.end()).put("lag", lag.records());
        }
        run.checkpoint().ifPresent(last -> addCheckpoint(json, last, run));
    }

    private static void addSteps(ObjectNode json, RunStatus.Steps steps) {
        TrainingState state = steps.state();
        json.put("step", state.step());
        json.put("imagesSeen", state.imagesSeen());
        json.put("loss", state.loss());
        json.put("learningRate", state.learningRate());
        json.put("imagesPerSecond", state.imagesPerSecond());
        json.put("dataWaitShare", state.dataWaitShare());
        json.put("notPolled", state.lag());
        json.put("lastStepAt", steps.lastAt().toString());
    }

    private static void addCheckpoint(ObjectNode json, CheckpointCommitted last, RunStatus run) {
        ObjectNode checkpoint = json.putObject("checkpoint");
        checkpoint.put("id", last.getCheckpointId());
        checkpoint.put("step", last.getStep());
        checkpoint.put("committedAt", last.getCommittedAt().toString());
        checkpoint.put("trigger", last.getTrigger().getKind().name());
        checkpoint.put("reason", last.getTrigger().getReason());
        run.score()
                .ifPresent(
                        score -> {
                            ObjectNode scores = checkpoint.putObject("scores");
                            score.getScores().forEach(scores::put);
                            checkpoint.put("evaluator", score.getEvaluator());
                        });
    }

    private static void addSource(ObjectNode json, SourceStatus source) {
        json.put("source", source.getSourceId());
        json.put("received", source.getReceived());
        json.put("prepared", source.getPrepared());
        json.put("rejected", rejected(source));
        json.put("lastSeenAt", source.getLastSeenAt().toString());
    }

    /** Rejected images of a source, for whatever reason. */
    public static long rejected(SourceStatus source) {
        return source.getRejected().values().stream().mapToLong(Long::longValue).sum();
    }
}
