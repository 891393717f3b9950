package io.maestream.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.trainer.Progress;
import io.maestream.trainer.checkpoint.RunState.Gap;
import io.maestream.trainer.checkpoint.RunState.SinceParent;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Interleaving;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The run's state as JSON. Partitions are listed once and referred to by position; a buffered
 * record is {@code [partition, offset, visits]}, a run of picks {@code [partition, count]}, a gap
 * {@code [partition, from, until]}.
 */
final class RunStateJson {

    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunStateJson() {}

    static byte[] write(RunState state) throws IOException {
        List<PartitionId> partitions = partitions(state);
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("runSeed", state.runSeed());
        root.put("step", state.progress().step());
        root.put("imagesSeen", state.progress().imagesSeen());
        root.put("skippedSteps", state.progress().skippedSteps());
        ArrayNode names = root.putArray("partitions");
        for (PartitionId partition : partitions) {
            names.addObject()
                    .put("topic", partition.topic())
                    .put("partition", partition.partition());
        }
        root.set("feed", feed(state.feed(), partitions));
        root.set("sinceParent", since(state.since(), partitions));
        return JSON.writeValueAsBytes(root);
    }

    static RunState read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        int version = root.path("version").asInt(-1);
        if (version != VERSION) {
            throw new IOException(
                    "state.json has version %d, this software reads version %d"
                            .formatted(version, VERSION));
        }
        List<PartitionId> partitions = new ArrayList<>();
        for (JsonNode name : root.required("partitions")) {
            partitions.add(
                    new PartitionId(
                            name.required("topic").asText(), name.required("partition").asInt()));
        }
        Progress progress =
                new Progress(
                        root.required("step").asLong(),
                        root.required("imagesSeen").asLong(),
                        root.required("skippedSteps").asLong());
        return new RunState(
                root.required("runSeed").asLong(),
                progress,
                readFeed(root.required("feed"), partitions),
                readSince(root.required("sinceParent"), partitions));
    }

    private static ObjectNode feed(FeedState feed, List<PartitionId> partitions) {
        ObjectNode node = JSON.createObjectNode();
        node.put("draws", feed.draws());
        node.put("admitted", feed.admitted());
        node.set("nextOffsets", offsets(feed.nextOffsets(), partitions));
        ArrayNode buffer = node.putArray("buffer");
        for (RecordRef ref : feed.buffer()) {
            buffer.add(row(partitions.indexOf(ref.partition()), ref.offset(), ref.visits()));
        }
        return node;
    }

    private static ObjectNode since(SinceParent since, List<PartitionId> partitions) {
        ObjectNode node = JSON.createObjectNode();
        node.set("firstOffsets", offsets(since.firstOffsets(), partitions));
        node.put("missingReferences", since.missingReferences());
        ArrayNode skipped = node.putArray("skipped");
        for (Gap gap : since.skipped()) {
            skipped.add(row(partitions.indexOf(gap.partition()), gap.from(), gap.until()));
        }
        ArrayNode picks = node.putArray("picks");
        for (Interleaving.Run run : since.picks()) {
            picks.add(row(partitions.indexOf(run.partition()), run.count()));
        }
        return node;
    }

    private static FeedState readFeed(JsonNode node, List<PartitionId> partitions) {
        List<RecordRef> buffer = new ArrayList<>();
        for (JsonNode row : node.required("buffer")) {
            buffer.add(
                    new RecordRef(
                            partitions.get(row.get(0).asInt()),
                            row.get(1).asLong(),
                            row.get(2).asInt()));
        }
        return new FeedState(
                readOffsets(node.required("nextOffsets"), partitions),
                node.required("draws").asLong(),
                node.required("admitted").asLong(),
                buffer);
    }

    private static SinceParent readSince(JsonNode node, List<PartitionId> partitions) {
        List<Gap> skipped = new ArrayList<>();
        for (JsonNode row : node.required("skipped")) {
            skipped.add(
                    new Gap(
                            partitions.get(row.get(0).asInt()),
                            row.get(1).asLong(),
                            row.get(2).asLong()));
        }
        List<Interleaving.Run> picks = new ArrayList<>();
        for (JsonNode row : node.required("picks")) {
            picks.add(
                    new Interleaving.Run(partitions.get(row.get(0).asInt()), row.get(1).asLong()));
        }
        return new SinceParent(
                readOffsets(node.required("firstOffsets"), partitions),
                skipped,
                node.required("missingReferences").asLong(),
                picks);
    }

    private static ArrayNode offsets(
            SortedMap<PartitionId, Long> offsets, List<PartitionId> partitions) {
        ArrayNode rows = JSON.createArrayNode();
        offsets.forEach((partition, next) -> rows.add(row(partitions.indexOf(partition), next)));
        return rows;
    }

    private static SortedMap<PartitionId, Long> readOffsets(
            JsonNode rows, List<PartitionId> partitions) {
        SortedMap<PartitionId, Long> offsets = new TreeMap<>();
        for (JsonNode row : rows) {
            offsets.put(partitions.get(row.get(0).asInt()), row.get(1).asLong());
        }
        return offsets;
    }

    private static ArrayNode row(long... values) {
        ArrayNode row = JSON.createArrayNode();
        for (long value : values) {
            row.add(value);
        }
        return row;
    }

    private static List<PartitionId> partitions(RunState state) {
        TreeSet<PartitionId> partitions = new TreeSet<>(state.feed().nextOffsets().keySet());
        partitions.addAll(state.since().firstOffsets().keySet());
        state.feed().buffer().forEach(ref -> partitions.add(ref.partition()));
        state.since().skipped().forEach(gap -> partitions.add(gap.partition()));
        state.since().picks().forEach(run -> partitions.add(run.partition()));
        return List.copyOf(partitions);
    }
}
