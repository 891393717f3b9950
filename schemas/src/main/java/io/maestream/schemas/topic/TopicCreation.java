package io.maestream.schemas.topic;

import io.maestream.schemas.topic.TopicReport.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** One run over all topics: create what is missing, compare what is there. */
final class TopicCreation {

    private final Admin admin;
    private final TopicSettings settings;
    private final List<String> created = new ArrayList<>();
    private final List<TopicSpec> present = new ArrayList<>();

    TopicCreation(Admin admin, TopicSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    TopicReport run() {
        List<TopicSpec> all = Topics.all(settings);
        Set<String> existing = await("list the topics", admin.listTopics().names());
        all.stream().filter(spec -> existing.contains(spec.name())).forEach(present::add);
        createMissing(all.stream().filter(spec -> !existing.contains(spec.name())).toList());
        return new TopicReport(
                created, present.stream().map(TopicSpec::name).toList(), differences());
    }

    private void createMissing(List<TopicSpec> missing) {
        if (missing.isEmpty()) {
            return;
        }
        Map<String, KafkaFuture<Void>> results =
                admin.createTopics(missing.stream().map(this::newTopic).toList()).values();
        for (TopicSpec spec : missing) {
            if (createdByThisCall(spec, results.get(spec.name()))) {
                created.add(spec.name());
            } else {
                present.add(spec);
            }
        }
    }

    private NewTopic newTopic(TopicSpec spec) {
        Optional<Short> replication =
                settings.replicationFactor() == -1
                        ? Optional.empty()
                        : Optional.of(settings.replicationFactor());
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), replication)
                .configs(spec.configs());
    }

    /** False if another process created the topic since it was found missing. */
    private static boolean createdByThisCall(TopicSpec spec, KafkaFuture<Void> result) {
        try {
            await("create topic " + spec.name(), result);
            return true;
        } catch (TopicCreationException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private List<Difference> differences() {
        if (present.isEmpty()) {
            return List.of();
        }
        Set<String> names = present.stream().map(TopicSpec::name).collect(Collectors.toSet());
        Map<String, TopicDescription> topics =
                await("describe the topics", admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs =
                await(
                        "describe the topics' configuration",
                        admin.describeConfigs(names.stream().map(TopicCreation::resource).toList())
                                .all());
        List<Difference> differences = new ArrayList<>();
        for (TopicSpec spec : present) {
            compare(differences, spec, topics.get(spec.name()).partitions().size());
            compare(differences, spec, configs.get(resource(spec.name())));
        }
        return differences;
    }

    private static void compare(List<Difference> differences, TopicSpec spec, int partitions) {
        if (partitions != spec.partitions()) {
            differences.add(
                    new Difference(
                            spec.name(), "partitions", "" + spec.partitions(), "" + partitions));
        }
    }

    private static void compare(List<Difference> differences, TopicSpec spec, Config config) {
        spec.configs().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        wanted -> {
                            ConfigEntry entry = config.get(wanted.getKey());
                            String found = entry == null ? "absent" : entry.value();
                            if (!wanted.getValue().equals(found)) {
                                differences.add(
                                        new Difference(
                                                spec.name(),
                                                wanted.getKey(),
                                                wanted.getValue(),
                                                found));
                            }
                        });
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new TopicCreationException(
                    "could not " + what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicCreationException("interrupted before it could " + what, e);
        }
    }
}
