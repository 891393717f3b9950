package io.maestream.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.maestream.app.command.base.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the unit of systemd against the code. */
class SystemdTest {

    private final Map<String, List<String>> unit = new TreeMap<>();

    @BeforeEach
    void read() throws IOException {
        String text = DeployFiles.text(DeployFiles.DEPLOY.resolve("systemd/maestream@.service"));
        text.lines()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .forEach(
                        pair ->
                                unit.computeIfAbsent(pair[0], key -> new ArrayList<>())
                                        .add(pair[1]));
    }

    @Test
    void shouldSetOnlyKeysThatThereAreWhenStarted() {
        Map<String, String> environment =
                unit.get("Environment").stream()
                        .map(pair -> pair.replace("%i", "train").split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThatCode(() -> DeployFiles.settings(environment)).doesNotThrowAnyException();
    }

    @Test
    void shouldUnderstandItsCommandWhenTheInstanceNamesOne() {
        for (String instance : List.of("train", "prepare", "ingest-run", "ingest-http")) {
            List<String> arguments = new ArrayList<>(Arrays.asList(instance.split("-")));
            arguments.addAll(List.of("--config", "/etc/maestream/maestream.properties"));
            assertThatCode(() -> CommandLines.parse(arguments)).doesNotThrowAnyException();
        }
        assertThat(unit.get("ExecStart").get(0))
                .contains(
                        "/bin/maestream", "tr - ", "--config /etc/maestream/maestream.properties");
    }

    @Test
    void shouldNotStartAgainWhenThatDoesNotHelp() {
        // Given what a trainer ends with
        List<Integer> prevented =
                Arrays.stream(unit.get("RestartPreventExitStatus").get(0).split(" "))
                        .map(Integer::valueOf)
                        .toList();

        // Then what a person must repair is left to one, and what passes is tried again
        assertThat(prevented)
                .contains(
                        ExitCode.BAD_CONFIGURATION.status(),
                        ExitCode.VERIFICATION_FAILED.status(),
                        ExitCode.DIVERGED.status(),
                        ExitCode.EVENTS_LOST.status())
                .doesNotContain(
                        ExitCode.UNREACHABLE.status(),
                        ExitCode.FENCED.status(),
                        ExitCode.NOT_KEPT.status());
        assertThat(Integer.valueOf(unit.get("TimeoutStopSec").get(0))).isGreaterThan(120);
    }

    @Test
    void shouldBeTrustedWithNothingWhenRunning() {
        assertThat(unit)
                .containsEntry("User", List.of("maestream"))
                .containsEntry("NoNewPrivileges", List.of("yes"))
                .containsEntry("ProtectSystem", List.of("strict"))
                .containsEntry("CapabilityBoundingSet", List.of(""))
                .containsEntry("PrivateTmp", List.of("yes"));
    }
}
