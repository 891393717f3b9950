package io.maestream.trainer.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import java.util.List;

/** The board as JSON, for the page and for anybody's script. */
final class DashboardJson {

    /** What a point's values are, in this order; times in milliseconds since 1970. */
    static final List<String> COLUMNS =
            List.of(
                    "step",
                    "at",
                    "loss",
                    "gradientNorm",
                    "learningRate",
                    "imagesPerSecond",
                    "dataWait",
                    "lag");

    private final ObjectMapper mapper = new ObjectMapper();

    /** Everything: the tables and the charts' whole history. */
    String state(TrainingBoard board) {
        ObjectNode root = node(board.tables());
        ArrayNode columns = root.putArray("columns");
        COLUMNS.forEach(columns::add);
        points(root, board.history());
        return text(root);
    }

    /** All but the charts. */
    String tables(TrainingBoard.Tables tables) {
        return text(node(tables));
    }

    /** Some steps. */
    String steps(List<StepPoint> steps) {
        return text(points(mapper.createObjectNode(), steps));
    }

    String readiness(Readiness readiness) {
        return text(status(mapper.createObjectNode(), readiness));
    }

    private ObjectNode node(TrainingBoard.Tables tables) {
        ObjectNode root = mapper.createObjectNode().put("run", tables.runId());
        status(root.putObject("status"), tables.readiness());
        root.putObject("progress")
                .put("step", tables.progress().step())
                .put("images", tables.progress().imagesSeen())
                .put("skipped", tables.progress().skippedSteps());
        ArrayNode cameras = root.putArray("cameras");
        tables.cameras().forEach(camera -> camera(cameras.addObject(), camera));
        ArrayNode checkpoints = root.putArray("checkpoints");
        tables.checkpoints().forEach(event -> checkpoint(checkpoints.addObject(), event));
        ObjectNode rejected = root.putObject("rejected");
        tables.rejected().forEach(rejected::put);
        tables.panel()
                .ifPresent(
                        panel ->
                                root.putObject("panel")
                                        .put("step", panel.step())
                                        .put("loss", panel.loss())
                                        .put("sources", String.join(", ", panel.sourceIds())));
        return root;
    }

    private static ObjectNode status(ObjectNode node, Readiness readiness) {
        return node.put("ready", readiness.ready())
                .put("state", readiness.state())
                .put("reason", readiness.reason());
    }

    private static void camera(ObjectNode node, Camera camera) {
        node.put("id", camera.id()).put("images", camera.images()).put("seenAt", camera.seenAt());
        number(node, "imagesPerSecond", camera.imagesPerSecond());
        number(node, "loss", camera.loss());
        number(node, "usualLoss", camera.usualLoss());
    }

    private static void checkpoint(ObjectNode node, CheckpointCommitted event) {
        node.put("id", event.getCheckpointId())
                .put("parent", event.getParentId())
                .put("at", event.getCommittedAt().toEpochMilli())
                .put("step", event.getStep())
                .put("trigger", event.getTrigger().getKind().name())
                .put("reason", event.getTrigger().getReason())
                .put("bytes", event.getFiles().stream().mapToLong(CheckpointFile::getSize).sum())
                .put("sha256", event.getManifestSha256());
    }

    private static ObjectNode points(ObjectNode node, List<StepPoint> points) {
        ArrayNode rows = node.putArray("points");
        for (StepPoint point : points) {
            ArrayNode row = rows.addArray();
            for (double value : point.values()) {
                if (!Double.isFinite(value)) {
                    row.addNull();
                } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                    row.add((long) value);
                } else {
                    row.add((float) value);
                }
            }
        }
        return node;
    }

    private static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, (float) value);
        } else {
            node.putNull(name);
        }
    }

    private String text(ObjectNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }
}
