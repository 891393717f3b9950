package io.maestream.trainer.dashboard;

import io.maestream.trainer.group.TrainerGroup;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.TimeoutException;

/** Asks the brokers who the trainers of a run are; whether they answer is an answer too. */
final class GroupQuestion {

    private final String groupId;
    private final DescribeConsumerGroupsOptions options;

    /**
     * @param answered false if no broker could be reached in time
     * @param group empty if it is not known, or may not be
     */
    record Answer(boolean answered, Optional<Group> group) {}

    GroupQuestion(String runId, Duration patience) {
        this.groupId = TrainerGroup.id(runId);
        this.options = new DescribeConsumerGroupsOptions().timeoutMs((int) patience.toMillis());
    }

    Answer ask(Admin admin) {
        try {
            ConsumerGroupDescription description =
                    admin.describeConsumerGroups(List.of(groupId), options)
                            .describedGroups()
                            .get(groupId)
                            .get();
            return new Answer(true, Optional.of(group(description)));
        } catch (ExecutionException e) {
            // Anything else is a broker's refusal: it is there.
            boolean silent =
                    e.getCause() instanceof TimeoutException
                            || e.getCause() instanceof NetworkException;
            return new Answer(!silent, Optional.empty());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Group group(ConsumerGroupDescription description) {
        return new Group(
                description.members().stream()
                        .map(GroupQuestion::member)
                        .sorted(Comparator.comparing(Group.Member::name))
                        .toList());
    }

    private static Group.Member member(MemberDescription member) {
        return new Group.Member(
                member.clientId(),
                member.host().replaceFirst("^/", ""),
                !member.assignment().topicPartitions().isEmpty());
    }
}
