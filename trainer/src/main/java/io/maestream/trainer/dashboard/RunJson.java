package io.maestream.trainer.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.trainer.feed.PartitionId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tables of a run as JSON. */
final class RunJson {

    private RunJson() {}

    static void fill(ObjectNode root, RunTables tables, String trainer) {
        root.put("run", tables.runId()).put("trainer", trainer);
        status(root.putObject("status"), tables.readiness());
        root.putObject("progress")
                .put("step", tables.progress().step())
                .put("images", tables.progress().imagesSeen())
                .put("skipped", tables.progress().skippedSteps());
        ArrayNode cameras = root.putArray("cameras");
        tables.cameras().forEach(camera -> camera(cameras.addObject(), camera));
        ArrayNode checkpoints = root.putArray("checkpoints");
        tables.checkpoints().forEach(entry -> checkpoint(checkpoints.addObject(), entry));
        ObjectNode rejected = root.putObject("rejected");
        tables.rejected().forEach(rejected::put);
        lags(root.putArray("lags"), tables.lags());
        others(root, tables, trainer);
        tables.panel()
                .ifPresent(
                        panel ->
                                root.putObject("panel")
                                        .put("step", panel.step())
                                        .put("loss", panel.loss())
                                        .put("sources", String.join(", ", panel.sourceIds())));
    }

    static ObjectNode status(ObjectNode node, Readiness readiness) {
        node.put("ready", readiness.ready())
                .put("state", readiness.state())
                .put("reason", readiness.reason());
        ArrayNode notices = node.putArray("notices");
        readiness
                .notices()
                .forEach(n -> notices.addObject().put("kind", n.kind()).put("text", n.text()));
        return node;
    }

    private static void camera(ObjectNode node, Camera camera) {
        node.put("id", camera.id())
                .put("state", camera.state().name().toLowerCase(Locale.ROOT))
                .put("images", camera.images())
                .put("seenAt", camera.arrivedAt())
                .put("pictureAt", camera.pictureAt());
        number(node, "imagesPerSecond", camera.imagesPerSecond());
        number(node, "loss", camera.loss());
        number(node, "usualLoss", camera.usualLoss());
        ArrayNode history = node.putArray("history");
        for (float loss : camera.history()) {
            history.add(loss);
        }
        ArrayNode drifts = node.putArray("drifts");
        camera.drifts().forEach(drifts::add);
    }

    private static void checkpoint(ObjectNode node, CheckpointBook.Entry entry) {
        CheckpointCommitted event = entry.event();
        node.put("id", event.getCheckpointId())
                .put("parent", event.getParentId())
                .put("at", event.getCommittedAt().toEpochMilli())
                .put("step", event.getStep())
                .put("trigger", event.getTrigger().getKind().name())
                .put("reason", event.getTrigger().getReason())
                .put("bytes", event.getFiles().stream().mapToLong(CheckpointFile::getSize).sum())
                .put("sha256", event.getManifestSha256());
        ObjectNode scores = node.putObject("scores");
        new TreeMap<>(entry.scores()).forEach((name, score) -> number(scores, name, score));
    }

    private static void lags(ArrayNode node, Map<PartitionId, Long> lags) {
        new TreeMap<>(lags)
                .forEach(
                        (partition, records) ->
                                node.addObject()
                                        .put("topic", partition.topic())
                                        .put("partition", partition.partition())
                                        .put("records", records));
    }

    private static void others(ObjectNode root, RunTables tables, String trainer) {
        ArrayNode trainers = root.putArray("trainers");
        for (Group.Member member : tables.group().members()) {
            trainers.addObject()
                    .put("name", member.name())
                    .put("host", member.host())
                    .put("active", member.active())
                    .put("self", member.name().equals(trainer));
        }
        ArrayNode runs = root.putArray("runs");
        for (CheckpointCommitted last : tables.runs()) {
            runs.addObject()
                    .put("run", last.getRunId())
                    .put("step", last.getStep())
                    .put("at", last.getCommittedAt().toEpochMilli());
        }
        ArrayNode commands = root.putArray("commands");
        for (CommandLog.Entry command : tables.commands()) {
            commands.addObject()
                    .put("id", command.id())
                    .put("kind", command.kind())
                    .put("refused", command.refused());
        }
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, (float) value);
        } else {
            node.putNull(name);
        }
    }
}
