package io.maestream.trainer.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Gives all partitions of a run to one member of its group; the others stand by. The member that
 * holds partitions keeps them, so nobody takes over from a trainer that is alive (KIP-429's
 * cooperative protocol: nothing is revoked when a standby comes or goes).
 */
public final class SingleActiveAssignor implements ConsumerPartitionAssignor {

    @Override
    public String name() {
        return "maestream-single-active";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
        SortedMap<String, Subscription> members =
                new TreeMap<>(groupSubscription.groupSubscription());
        String active = activeMember(members);
        Map<String, Assignment> assignments = new HashMap<>();
        for (Map.Entry<String, Subscription> member : members.entrySet()) {
            List<TopicPartition> partitions =
                    member.getKey().equals(active)
                            ? partitionsOf(metadata, member.getValue().topics())
                            : List.of();
            assignments.put(member.getKey(), new Assignment(partitions));
        }
        return new GroupAssignment(assignments);
    }

    /** The holder of partitions with the newest generation, else the first by member id. */
    static String activeMember(SortedMap<String, Subscription> members) {
        Optional<String> holder =
                members.entrySet().stream()
                        .filter(member -> !member.getValue().ownedPartitions().isEmpty())
                        .max(Comparator.comparingInt(m -> m.getValue().generationId().orElse(-1)))
                        .map(Map.Entry::getKey);
        return holder.orElseGet(members::firstKey);
    }

    private static List<TopicPartition> partitionsOf(Cluster metadata, List<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo info : metadata.partitionsForTopic(topic)) {
                partitions.add(new TopicPartition(topic, info.partition()));
            }
        }
        partitions.sort(
                Comparator.comparing(TopicPartition::topic)
                        .thenComparingInt(TopicPartition::partition));
        return partitions;
    }
}
