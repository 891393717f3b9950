package io.maestream.trainer.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SingleActiveAssignorTest {

    private static final String TOPIC = "images.prepared";
    private static final List<TopicPartition> ALL =
            List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));

    @Test
    void shouldGiveEverythingToOneAndNothingToTheOthers() {
        Map<String, Assignment> assignment =
                assign(Map.of("b", joining(), "a", joining(), "c", joining()));

        assertThat(assignment.get("a").partitions()).isEqualTo(ALL);
        assertThat(assignment.get("b").partitions()).isEmpty();
        assertThat(assignment.get("c").partitions()).isEmpty();
    }

    @Test
    void shouldLeaveTheActiveOneAloneWhenAStandbyJoins() {
        Map<String, Assignment> assignment = assign(Map.of("a", joining(), "z", holding(ALL, 4)));

        assertThat(assignment.get("z").partitions()).isEqualTo(ALL);
        assertThat(assignment.get("a").partitions()).isEmpty();
    }

    @Test
    void shouldBelieveTheNewerGenerationWhenTwoClaimToHold() {
        Map<String, Assignment> assignment =
                assign(Map.of("a", holding(ALL, 3), "z", holding(ALL, 4)));

        assertThat(assignment.get("z").partitions()).isEqualTo(ALL);
    }

    private static Map<String, Assignment> assign(Map<String, Subscription> members) {
        Node node = new Node(1, "localhost", 9092);
        Node[] nodes = {node};
        Cluster cluster =
                new Cluster(
                        "cluster",
                        List.of(node),
                        List.of(
                                new PartitionInfo(TOPIC, 0, node, nodes, nodes),
                                new PartitionInfo(TOPIC, 1, node, nodes, nodes)),
                        Set.of(),
                        Set.of());
        return new SingleActiveAssignor()
                .assign(cluster, new GroupSubscription(members))
                .groupAssignment();
    }

    private static Subscription joining() {
        return new Subscription(List.of(TOPIC), null, List.of());
    }

    private static Subscription holding(List<TopicPartition> partitions, int generation) {
        return new Subscription(List.of(TOPIC), null, partitions, generation, Optional.empty());
    }
}
