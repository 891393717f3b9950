package io.maestream.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;

/**
 * The one direction in which modules depend on each other, and what each may know of others' tools.
 */
@AnalyzeClasses(packages = "io.maestream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest static final ArchRule SCHEMAS_USE_NO_MODULE = module("schemas", List.of());
    @ArchTest static final ArchRule MAE_USES_NO_MODULE = module("mae", List.of());
    @ArchTest static final ArchRule CHECKPOINTS_USE_NO_MODULE = module("checkpoints", List.of());
    @ArchTest static final ArchRule INGEST_USES_SCHEMAS = module("ingest", List.of("schemas"));

    @ArchTest
    static final ArchRule TRAINER_USES_THREE =
            module("trainer", List.of("schemas", "mae", "checkpoints"));

    @ArchTest
    static final ArchRule FOLLOWER_USES_THREE =
            module("follower", List.of("schemas", "mae", "checkpoints"));

    @ArchTest static final ArchRule MAE_SEES_NO_KAFKA = sees("mae", "org.apache.kafka..");

    @ArchTest
    static final ArchRule CHECKPOINTS_SEE_NO_KAFKA = sees("checkpoints", "org.apache.kafka..");

    @ArchTest static final ArchRule CHECKPOINTS_SEE_NO_DJL = sees("checkpoints", "ai.djl..");
    @ArchTest static final ArchRule SCHEMAS_SEE_NO_DJL = sees("schemas", "ai.djl..");
    @ArchTest static final ArchRule INGEST_SEES_NO_DJL = sees("ingest", "ai.djl..");

    @ArchTest
    static final ArchRule ONLY_THE_BROKER_PACKAGE_RUNS_BROKERS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.maestream.app.broker..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "kafka..",
                            "org.apache.kafka.server..",
                            "org.apache.kafka.metadata..",
                            "org.apache.kafka.raft..");

    @ArchTest
    static final ArchRule ONLY_COMMANDS_KNOW_PICOCLI =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.maestream.app.command..", "io.maestream.app")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_BUILDS_KAFKA_CLIENTS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.maestream.schemas.client..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(KafkaProducer.class)
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(KafkaConsumer.class)
                    .orShould()
                    .callMethod(Admin.class, "create", Map.class)
                    .orShould()
                    .callMethod(Admin.class, "create", Properties.class);

    @ArchTest
    static final ArchRule PACKAGES_OF_A_MODULE_FORM_NO_CIRCLE =
            SlicesRuleDefinition.slices()
                    .matching("io.maestream.app.(*)..")
                    .should()
                    .beFreeOfCycles();

    @ArchTest
    static final ArchRule FAMILIES_OF_COMMANDS_FORM_NO_CIRCLE =
            SlicesRuleDefinition.slices()
                    .matching("io.maestream.app.command.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true);

    @Test
    void shouldSayWhatEachPackageIsFor() throws IOException {
        // Given every directory of main sources in every module
        try (Stream<Path> paths = Files.walk(Path.of(".."), 16)) {
            List<Path> packages =
                    paths.filter(path -> path.toString().contains("/src/main/java/"))
                            .filter(path -> path.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct()
                            .toList();

            // Then each has its sentence
            assertThat(packages)
                    .isNotEmpty()
                    .allSatisfy(
                            directory ->
                                    assertThat(directory.resolve("package-info.java")).exists());
        }
    }

    /** Of ours, a module sees itself and these. */
    private static ArchRule module(String name, List<String> others) {
        String[] allowed =
                Stream.concat(Stream.of(name), others.stream())
                        .map(module -> "io.maestream." + module + "..")
                        .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.maestream." + name + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.maestream..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true);
    }

    private static ArchRule sees(String module, String foreign) {
        return noClasses()
                .that()
                .resideInAPackage("io.maestream." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(foreign)
                .allowEmptyShould(true);
    }
}
