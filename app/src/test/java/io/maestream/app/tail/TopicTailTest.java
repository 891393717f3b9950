package io.maestream.app.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TopicTailTest {
    private static final String TOPIC = "t";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<String, String> consumer = new MockConsumer<>("none");
    private final List<String> read = new ArrayList<>();

    @Test
    void shouldReadFromTheBeginningToThePresentEnd() {
        // Given a topic with two records
        TopicTail<String> tail = tailOfTopicWith("a", "b");

        // When
        tail.readToEnd(record -> read.add(record.value()));

        // Then
        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void shouldPassOverWhatIsThereWhenSkippedToTheEnd() {
        // Given a topic whose two records are passed over
        TopicTail<String> tail = tailOfTopicWith("a", "b").skipToEnd();

        // When another one comes, and then a stop
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 2, null, "c")));
        consumer.schedulePollTask(tail::stop);
        tail.follow(record -> read.add(record.value()));

        // Then
        assertThat(read).containsExactly("c");
    }

    @Test
    void shouldReadTheNewestOnlyWhenAskedForTheLast() {
        // Given a topic with three records
        TopicTail<String> tail = tailOfTopicWith("a", "b", "c");

        // When
        tail.fromLast(2).readToEnd(record -> read.add(record.value()));

        // Then
        assertThat(read).containsExactly("b", "c");
    }

    @Test
    void shouldReadAllWhenThereAreFewerThanTheLast() {
        // Given a topic with a record
        TopicTail<String> tail = tailOfTopicWith("a");

        // When
        tail.fromLast(2).readToEnd(record -> read.add(record.value()));

        // Then
        assertThat(read).containsExactly("a");
    }

    @Test
    void shouldHandOverTheRestWhenDrainedAfterAStop() {
        // Given a tail that was stopped before it read anything
        TopicTail<String> tail = tailOfTopicWith("a", "b");
        tail.stop();
        tail.follow(record -> read.add(record.value()));

        // When
        tail.drain(record -> read.add(record.value()));

        // Then
        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void shouldNameTheTopicWhenItDoesNotExist() {
        // Given a broker without the topic
        // Then
        assertThatThrownBy(() -> new TopicTail<>(consumer, TOPIC))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining("Topic t does not exist");
        assertThat(consumer.closed()).isTrue();
    }

    private TopicTail<String> tailOfTopicWith(String... values) {
        Node node = new Node(1, "localhost", 1);
        Node[] nodes = {node};
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) values.length));
        TopicTail<String> tail = new TopicTail<>(consumer, TOPIC);
        for (int offset = 0; offset < values.length; offset++) {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, null, values[offset]));
        }
        return tail;
    }
}
