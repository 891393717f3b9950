package io.maestream.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.mae.Precision;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.RunState.Arithmetic;
import io.maestream.trainer.checkpoint.RunState.Branch;
import io.maestream.trainer.checkpoint.RunState.SinceParent;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The run's state as JSON. Partitions are listed once and referred to by position; a record is
 * {@code [partition, offset, visits]}, a run of picks {@code [partition, count]}, a gap {@code
 * [partition, from, until]}.
 */
final class RunStateJson {

    /** Version 1 had neither a replay memory nor a precision, and counted what was missing. */
    static final int VERSION = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunStateJson() {}

    static byte[] write(RunState state) throws IOException {
        PartitionTable partitions = new PartitionTable(partitions(state));
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("runSeed", state.arithmetic().runSeed());
        state.arithmetic().precision().ifPresent(known -> root.put("precision", known.name()));
        root.put("step", state.progress().step());
        root.put("imagesSeen", state.progress().imagesSeen());
        root.put("skippedSteps", state.progress().skippedSteps());
        root.put("skippedInARow", state.progress().skippedInARow());
        root.set("partitions", partitions.write());
        root.set("feed", FeedStateJson.write(state.feed(), partitions));
        root.set("sinceParent", since(state.since(), partitions));
        state.branch()
                .ifPresent(
                        branch ->
                                root.putObject("branch")
                                        .put("from", branch.from())
                                        .put("steps", branch.steps()));
        return JSON.writeValueAsBytes(root);
    }

    static RunState read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        int version = root.path("version").asInt(-1);
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "state.json has version %d, this software reads up to version %d"
                            .formatted(version, VERSION));
        }
        PartitionTable partitions = PartitionTable.read(root.required("partitions"));
        Progress progress =
                new Progress(
                        root.required("step").asLong(),
                        root.required("imagesSeen").asLong(),
                        root.required("skippedSteps").asLong(),
                        root.path("skippedInARow").asInt(0));
        return new RunState(
                new Arithmetic(root.required("runSeed").asLong(), precision(root)),
                progress,
                FeedStateJson.read(root.required("feed"), partitions),
                readSince(root.required("sinceParent"), partitions),
                Optional.ofNullable(root.get("branch")).map(RunStateJson::branch));
    }

    private static Branch branch(JsonNode node) {
        return new Branch(node.required("from").asLong(), node.required("steps").asLong());
    }

    private static Optional<Precision> precision(JsonNode root) {
        return root.has("precision")
                ? Optional.of(Precision.valueOf(root.get("precision").asText()))
                : Optional.empty();
    }

    private static ObjectNode since(SinceParent since, PartitionTable partitions) {
        ObjectNode node = JSON.createObjectNode();
        node.set("firstOffsets", partitions.offsets(since.firstOffsets()));
        node.set("missing", partitions.references(since.missing()));
        ArrayNode skipped = node.putArray("skipped");
        for (Gap gap : since.skipped()) {
            skipped.add(partitions.row(gap.partition(), gap.from(), gap.until()));
        }
        ArrayNode picks = node.putArray("picks");
        for (Interleaving.Run run : since.picks()) {
            picks.add(partitions.row(run.partition(), run.count()));
        }
        since.wentBackAt()
                .ifPresent(feed -> node.set("wentBackAt", FeedStateJson.write(feed, partitions)));
        return node;
    }

    private static SinceParent readSince(JsonNode node, PartitionTable partitions) {
        List<Gap> skipped = new ArrayList<>();
        for (JsonNode row : node.required("skipped")) {
            skipped.add(
                    new Gap(partitions.partition(row), row.get(1).asLong(), row.get(2).asLong()));
        }
        List<Interleaving.Run> picks = new ArrayList<>();
        for (JsonNode row : node.required("picks")) {
            picks.add(new Interleaving.Run(partitions.partition(row), row.get(1).asLong()));
        }
        Optional<FeedState> wentBackAt =
                Optional.ofNullable(node.get("wentBackAt"))
                        .map(feed -> FeedStateJson.read(feed, partitions));
        return new SinceParent(
                partitions.readOffsets(node.required("firstOffsets")),
                skipped,
                partitions.readReferences(node.path("missing")),
                picks,
                wentBackAt);
    }

    private static TreeSet<PartitionId> partitions(RunState state) {
        TreeSet<PartitionId> partitions = new TreeSet<>(partitions(state.feed()));
        SinceParent since = state.since();
        partitions.addAll(since.firstOffsets().keySet());
        since.skipped().forEach(gap -> partitions.add(gap.partition()));
        since.missing().forEach(ref -> partitions.add(ref.partition()));
        since.picks().forEach(run -> partitions.add(run.partition()));
        since.wentBackAt().ifPresent(feed -> partitions.addAll(partitions(feed)));
        return partitions;
    }

    private static TreeSet<PartitionId> partitions(FeedState feed) {
        TreeSet<PartitionId> partitions = new TreeSet<>(feed.nextOffsets().keySet());
        feed.references().forEach(ref -> partitions.add(ref.partition()));
        return partitions;
    }
}
