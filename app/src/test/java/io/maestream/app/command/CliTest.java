package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Shutdown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CliTest {
    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("commands")
    void shouldExplainEveryCommandWithAnExample(List<String> command) {
        // Given
        List<String> line = new ArrayList<>(command);
        line.add("--help");

        // When
        Run run = Run.of(line.toArray(String[]::new));

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: maestream " + String.join(" ", command))
                .contains("Example: maestream " + String.join(" ", command));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void shouldTakeTheCommonOptionsInEveryCommandThatDoesSomething(List<String> command) {
        // Given
        CommandLine found = Run.cli(new Shutdown());
        for (String name : command) {
            found = found.getSubcommands().get(name);
        }

        // Then
        assertThat(found.getCommandSpec().optionsMap())
                .containsKeys("--config", "--set", "--verbose", "--help");
    }

    @Test
    void shouldRefuseABenchmarkWithoutRounds() {
        assertThat(Run.of("bench", "ingest", "--help").out()).contains("(7 by default)");
        Run run = Run.of("bench", "prepare", "--rounds", "0");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--rounds must be at least 1, not 0");
    }

    @Test
    void shouldListEveryExitCodeInTheRootsHelp() {
        // When
        Run run = Run.of("--help");

        // Then
        for (ExitCode code : ExitCode.values()) {
            assertThat(run.out())
                    .containsPattern("(?m)^ +" + code.status() + " +\\Q" + code.meaning() + "\\E");
        }
    }

    @Test
    void shouldExitWithTwoWhenTheLineIsNotUnderstood() {
        assertThat(Run.of().status()).isEqualTo(2);
        assertThat(Run.of("tarin").err()).contains("tarin");
        assertThat(Run.of("topics").status()).isEqualTo(2);
        assertThat(Run.of("events", "--folow").status()).isEqualTo(2);
        assertThat(Run.of("broker", "--port", "many").status()).isEqualTo(2);
        assertThat(Run.of("demo", "--steps", "0").err()).contains("--steps must be at least 1");
        assertThat(Run.of("demo", "--images", ".", "--cameras", "2").status()).isEqualTo(2);
    }

    @Test
    void shouldExitWithNineWhenTheDemosImagesDoNotExist() {
        assertThat(Run.of("demo", "--images", "no-such-directory").status()).isEqualTo(9);
    }

    @Test
    void shouldExitWithThreeAndListAllProblemsWhenTheConfigurationIsBad() {
        // Given three mistakes
        // When
        Run run =
                Run.of(
                        "events",
                        "--set",
                        "broker.prot=1",
                        "--set",
                        "broker.port=99999",
                        "--set",
                        "topics.image.partitions=0");

        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err().lines()).hasSize(4);
        assertThat(run.err())
                .startsWith("maestream: 3 problems")
                .contains(
                        "broker.prot = \"1\" (from --set): unknown key. Did you mean broker.port?")
                .contains("broker.port = \"99999\"")
                .contains("topics.image.partitions = \"0\"");
    }

    @Test
    void shouldNameTheConfigurationFileWhenItIsMissing() {
        // When
        String file = directory.resolve("none.properties").toString();
        Run run = Run.of("topics", "create", "--config", file);

        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains(file).contains("no such file");
    }

    @Test
    void shouldShowTheStackTraceOnlyWhenAsked() {
        // Given a failure
        String[] plain = {"events", "--set", "x=1"};
        String[] verbose = {"events", "--set", "x=1", "--verbose"};

        // Then
        assertThat(Run.of(plain).err()).doesNotContain("\tat ");
        assertThat(Run.of(verbose).err()).contains("BadConfigurationException").contains("\tat ");
    }

    @Test
    void shouldTellItsVersionAndTheOthers() {
        // When
        Run run = Run.of("version");

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.out()).contains("Maestream ").contains("Kafka 4").doesNotContain("${");
    }

    static Stream<List<String>> commands() {
        return below(List.of(), Run.cli(new Shutdown())).map(Entry::path);
    }

    static Stream<List<String>> leaves() {
        return below(List.of(), Run.cli(new Shutdown()))
                .filter(entry -> entry.command().getSubcommands().isEmpty())
                .map(Entry::path);
    }

    private record Entry(List<String> path, CommandLine command) {}

    private static Stream<Entry> below(List<String> path, CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(sub -> !sub.getKey().equals("help"))
                .flatMap(
                        sub -> {
                            List<String> at = new ArrayList<>(path);
                            at.add(sub.getKey());
                            Entry entry = new Entry(at, sub.getValue());
                            return Stream.concat(Stream.of(entry), below(at, sub.getValue()));
                        });
    }
}
