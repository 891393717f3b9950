package io.maestream.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.MemoryState;

/** The feed's part of a state.json. */
final class FeedStateJson {

    private FeedStateJson() {}

    static ObjectNode write(FeedState feed, PartitionTable partitions) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("draws", feed.draws());
        node.put("admitted", feed.admitted());
        node.set("nextOffsets", partitions.offsets(feed.nextOffsets()));
        node.set("buffer", partitions.references(feed.buffer()));
        node.putObject("memory")
                .put("offered", feed.memory().offered())
                .put("draws", feed.memory().draws())
                .set("records", partitions.references(feed.memory().records()));
        return node;
    }

    static FeedState read(JsonNode node, PartitionTable partitions) {
        return new FeedState(
                partitions.readOffsets(node.required("nextOffsets")),
                node.required("draws").asLong(),
                node.required("admitted").asLong(),
                partitions.readReferences(node.required("buffer")),
                node.has("memory") ? memory(node.get("memory"), partitions) : MemoryState.EMPTY);
    }

    private static MemoryState memory(JsonNode node, PartitionTable partitions) {
        return new MemoryState(
                node.required("offered").asLong(),
                node.required("draws").asLong(),
                partitions.readReferences(node.required("records")));
    }
}
