package io.maestream.app.status;

import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.group.TrainerGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Asks the brokers which trainers there are and what their runs have committed. */
final class TrainerGroups {
    private static final int PATIENCE_SECONDS = 10;

    private final Admin admin;

    TrainerGroups(Admin admin) {
        this.admin = admin;
    }

    /** The group of every run that has one. */
    Map<String, GroupStatus> read() {
        List<String> ids =
                answer(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                        .map(GroupListing::groupId)
                        .filter(id -> TrainerGroup.runOf(id).isPresent())
                        .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<String, ConsumerGroupDescription> groups =
                answer(admin.describeConsumerGroups(ids).all());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(ids);
        Map<TopicPartition, Long> ends = ends();
        Map<String, GroupStatus> found = new HashMap<>();
        groups.forEach(
                (id, group) ->
                        found.put(
                                TrainerGroup.runOf(id).orElseThrow(),
                                status(group, lags(committed.get(id), ends))));
        return found;
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(List<String> ids) {
        Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
        ids.forEach(id -> all.put(id, new ListConsumerGroupOffsetsSpec()));
        return answer(admin.listConsumerGroupOffsets(all).all());
    }

    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        answer(admin.describeTopics(List.of(Topics.IMAGES_PREPARED)).allTopicNames())
                .get(Topics.IMAGES_PREPARED)
                .partitions()
                .forEach(
                        partition ->
                                wanted.put(
                                        new TopicPartition(
                                                Topics.IMAGES_PREPARED, partition.partition()),
                                        OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        answer(admin.listOffsets(wanted, options).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "no answer within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Who is active and who stands by; a group that has just changed may have neither. */
    static GroupStatus status(ConsumerGroupDescription group, List<PartitionLag> lags) {
        Optional<String> active = Optional.empty();
        List<String> standbys = new ArrayList<>();
        for (MemberDescription member : group.members()) {
            String name = member.clientId() + member.host();
            if (member.assignment().topicPartitions().isEmpty()) {
                standbys.add(name);
            } else {
                active = Optional.of(name);
            }
        }
        standbys.sort(null);
        return new GroupStatus(active, standbys, lags);
    }

    static List<PartitionLag> lags(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> ends) {
        return ends.keySet().stream()
                .map(TopicPartition::partition)
                .sorted()
                .map(
                        partition -> {
                            var at = new TopicPartition(Topics.IMAGES_PREPARED, partition);
                            OffsetAndMetadata offset = committed.get(at);
                            return new PartitionLag(
                                    partition,
                                    offset == null
                                            ? OptionalLong.empty()
                                            : OptionalLong.of(offset.offset()),
                                    ends.get(at));
                        })
                .toList();
    }
}
