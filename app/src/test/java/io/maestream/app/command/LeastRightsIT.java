package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maestream.app.broker.SecuredNode;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.metrics.DocumentedMetrics;
import io.maestream.app.training.Training;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that allows each role what docs/operations.md lists, and nothing else. */
class LeastRightsIT {

    private static final String RUN = "rights";
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| (ingest|prepare|train) \\| ([a-z ]+) \\| `([^`]+)` \\| ([A-Za-z, ]+) \\|$");

    @TempDir Path directory;
    private SecuredNode node;
    private KafkaClients administration;

    @BeforeEach
    void start() throws Exception {
        node =
                SecuredNode.start(
                        directory.resolve("broker"), List.of("ingest", "prepare", "train"));
        administration = Training.clients(node.bootstrap());
        Training.createTopics(administration, Map.of());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldMakeACheckpointOfImagesWhenEachRoleMayDoWhatIsListed() throws Exception {
        // Given the documented rights
        List<AclBinding> rights = rights();
        assertThat(rights).hasSizeGreaterThan(20);
        try (Admin admin = administration.admin()) {
            admin.createAcls(rights).all().get();
            // The controller has them; the broker follows.
            await().atMost(Duration.ofSeconds(10))
                    .until(
                            () ->
                                    admin.describeAcls(AclBindingFilter.ANY).values().get().size()
                                            >= Set.copyOf(rights).size());
        }
        try (Processes processes = new Processes(directory)) {
            // When each role comes as a user of its own
            Map<String, String> cameras = new HashMap<>(node.keysOf("ingest"));
            cameras.put("simulate.frames.per.second", "20");
            processes.start(cameras, "ingest", "simulate");
            Map<String, String> preparation = new HashMap<>(node.keysOf("prepare"));
            preparation.put("prepare.similar.bits", "-1");
            processes.start(preparation, "prepare");
            Map<String, String> training =
                    Training.keys(RUN, directory.resolve("checkpoints"), Map.of());
            training.putAll(node.keysOf("train"));
            training.put("checkpoint.every.images", "60");
            processes.start(training, "train");

            // Then images become a checkpoint
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !Training.committed(administration, RUN).isEmpty());

            // And whoever may not publish does not
            Run refused =
                    processes.run(node.keysOf("train"), "ingest", "simulate", "--frames", "1");
            assertThat(refused.status()).isEqualTo(ExitCode.NOT_FOUND.status());
            assertThat(refused.err()).contains(Topics.IMAGES_RAW);
        }
    }

    private static List<AclBinding> rights() throws IOException {
        List<AclBinding> rights = new ArrayList<>();
        ROW.matcher(Files.readString(DocumentedMetrics.DOCUMENT))
                .results()
                .forEach(row -> rights.addAll(rights(row)));
        return rights;
    }

    private static List<AclBinding> rights(MatchResult row) {
        String name = row.group(3).replace("RUN", RUN);
        boolean prefix = name.endsWith("*");
        ResourcePattern resource =
                new ResourcePattern(
                        ResourceType.valueOf(
                                row.group(2).replace(' ', '_').toUpperCase(Locale.ROOT)),
                        prefix ? name.substring(0, name.length() - 1) : name,
                        prefix ? PatternType.PREFIXED : PatternType.LITERAL);
        List<AclBinding> bindings = new ArrayList<>();
        for (String operation : row.group(4).split(", ")) {
            bindings.add(
                    new AclBinding(
                            resource,
                            new AccessControlEntry(
                                    "User:" + row.group(1),
                                    "*",
                                    AclOperation.valueOf(operation.toUpperCase(Locale.ROOT)),
                                    AclPermissionType.ALLOW)));
        }
        return bindings;
    }
}
