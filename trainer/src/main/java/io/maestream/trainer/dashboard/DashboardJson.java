package io.maestream.trainer.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private final String trainer;

    /**
     * @param trainer what this trainer calls itself
     */
    DashboardJson(String trainer) {
        this.trainer = trainer;
    }

    /** Everything: the tables and the charts' whole history. */
    String state(TrainingBoard board) {
        ObjectNode root = mapper.createObjectNode();
        RunJson.fill(root, board.tables(), trainer);
        ArrayNode columns = root.putArray("columns");
        COLUMNS.forEach(columns::add);
        points(root, board.history());
        return text(root);
    }

    /** All but the charts. */
    String tables(RunTables tables) {
        ObjectNode root = mapper.createObjectNode();
        RunJson.fill(root, tables, trainer);
        return text(root);
    }

    /** Some steps. */
    String steps(List<StepPoint> steps) {
        return text(points(mapper.createObjectNode(), steps));
    }

    String readiness(Readiness readiness) {
        return text(RunJson.status(mapper.createObjectNode(), readiness));
    }

    /** One name and its value. */
    String pair(String name, String value) {
        return text(mapper.createObjectNode().put(name, value));
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

    private String text(ObjectNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }
}
