package io.maestream.app.command.lineage;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.trainer.ReplayResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A replay's result for people and for machines. */
final class ReplayText {

    private ReplayText() {}

    static List<String> lines(ReplayResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s  step %d, from %s: %s"
                        .formatted(
                                result.checkpointId(),
                                result.step(),
                                result.parentId() == null
                                        ? "the initial weights"
                                        : result.parentId(),
                                result.equal() ? "equal" : "DIFFERENT"));
        for (ReplayResult.Compared file : result.files()) {
            lines.add("  " + file.name() + (file.equal() ? "" : "  DIFFERENT"));
            lines.add("    committed " + orNone(file.committed()));
            lines.add("    replayed  " + orNone(file.replayed()));
        }
        if (!result.sameFeed()) {
            lines.add("  the feed (offsets, draws, buffer, memory) ended up elsewhere");
        }
        return lines;
    }

    static Map<String, Object> json(ReplayResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("checkpointId", result.checkpointId());
        fields.put("parentId", result.parentId());
        fields.put("step", result.step());
        fields.put("replayed", true);
        fields.put("equal", result.equal());
        fields.put("sameFeed", result.sameFeed());
        List<Map<String, Object>> files = new ArrayList<>();
        for (ReplayResult.Compared file : result.files()) {
            Map<String, Object> compared = new LinkedHashMap<>();
            compared.put("name", file.name());
            compared.put("committed", file.committed());
            compared.put("replayed", file.replayed());
            compared.put("equal", file.equal());
            files.add(compared);
        }
        fields.put("files", files);
        return fields;
    }

    static Map<String, Object> json(CheckpointCommitted event, String why) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("checkpointId", event.getCheckpointId());
        fields.put("step", event.getStep());
        fields.put("replayed", false);
        fields.put("why", why);
        return fields;
    }

    private static String orNone(String digest) {
        return digest.isEmpty() ? "no such file" : digest;
    }
}
