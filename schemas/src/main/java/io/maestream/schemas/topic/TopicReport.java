package io.maestream.schemas.topic;

import java.util.List;

/**
 * What creating the topics found and did.
 *
 * @param created names of the topics that were missing and now exist
 * @param present names of the topics that existed already
 * @param differing properties of present topics that are not as they should be; they were left so
 */
public record TopicReport(List<String> created, List<String> present, List<Difference> differing) {

    /** Takes its own copies of the lists. */
    public TopicReport {
        created = List.copyOf(created);
        present = List.copyOf(present);
        differing = List.copyOf(differing);
    }

    /**
     * A property of a topic that is not as it should be.
     *
     * @param topic the topic's name
     * @param property {@code partitions} or the name of a topic configuration
     * @param wanted what it should be
     * @param found what it is
     */
    public record Difference(String topic, String property, String wanted, String found) {}
}
