package io.maestream.schemas.topic;

import java.util.Map;

/**
 * A topic as it should be.
 *
 * @param name the topic's name
 * @param partitions number of partitions, at least 1
 * @param configs topic configuration that must hold; what is absent is the broker's default
 */
public record TopicSpec(String name, int partitions, Map<String, String> configs) {

    /** Takes its own copy of the configuration. */
    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic " + name + " needs at least 1 partition, not " + partitions);
        }
        configs = Map.copyOf(configs);
    }
}
