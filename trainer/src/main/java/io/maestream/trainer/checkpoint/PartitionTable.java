package io.maestream.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The partitions of a state.json, listed once and referred to by position, and the rows of numbers
 * that refer to them.
 */
final class PartitionTable {

    private final List<PartitionId> partitions;
    private final Map<PartitionId, Integer> positions = new HashMap<>();

    PartitionTable(Collection<PartitionId> partitions) {
        this.partitions = List.copyOf(partitions);
        for (int i = 0; i < this.partitions.size(); i++) {
            positions.put(this.partitions.get(i), i);
        }
    }

    static PartitionTable read(JsonNode names) {
        List<PartitionId> partitions = new ArrayList<>();
        for (JsonNode name : names) {
            partitions.add(
                    new PartitionId(
                            name.required("topic").asText(), name.required("partition").asInt()));
        }
        return new PartitionTable(partitions);
    }

    ArrayNode write() {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        for (PartitionId partition : partitions) {
            names.addObject()
                    .put("topic", partition.topic())
                    .put("partition", partition.partition());
        }
        return names;
    }

    /** {@code [partition, values…]}. */
    ArrayNode row(PartitionId partition, long... values) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode();
        row.add(positions.get(partition));
        for (long value : values) {
            row.add(value);
        }
        return row;
    }

    PartitionId partition(JsonNode row) {
        return partitions.get(row.get(0).asInt());
    }

    ArrayNode references(List<RecordRef> references) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (RecordRef ref : references) {
            rows.add(row(ref.partition(), ref.offset(), ref.visits()));
        }
        return rows;
    }

    List<RecordRef> readReferences(JsonNode rows) {
        List<RecordRef> references = new ArrayList<>();
        for (JsonNode row : rows) {
            references.add(new RecordRef(partition(row), row.get(1).asLong(), row.get(2).asInt()));
        }
        return references;
    }

    ArrayNode offsets(SortedMap<PartitionId, Long> offsets) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        offsets.forEach((partition, next) -> rows.add(row(partition, next)));
        return rows;
    }

    SortedMap<PartitionId, Long> readOffsets(JsonNode rows) {
        SortedMap<PartitionId, Long> offsets = new TreeMap<>();
        for (JsonNode row : rows) {
            offsets.put(partition(row), row.get(1).asLong());
        }
        return offsets;
    }
}
