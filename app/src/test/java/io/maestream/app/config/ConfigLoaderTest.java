package io.maestream.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ConfigLoaderTest {
    private static final Map<String, String> NONE = Map.of();

    @Example
    void shouldReportEveryProblemAtOnceWithKeyValueLimitAndRemedy() {
        // Given a wrong value in each layer, an unknown key, a broken assignment and a bad variable
        var sources =
                new ConfigSources(
                        "farm.properties",
                        Map.of("farm.cows", "many", "farm.shep", "3"),
                        Map.of(
                                "MAESTREAM_FARM_SHEEP",
                                "-1",
                                "MAESTREAM_FARM_COW",
                                "1",
                                "HOME",
                                "/h"),
                        List.of("nonsense"),
                        NONE);

        // When
        var failure = failure(sources);

        // Then all are named
        assertThat(failure.problems()).hasSize(5);
        assertThat(failure)
                .hasMessageContaining("5 problems")
                .hasMessageContaining(
                        "farm.cows = \"many\" (from farm.properties): Not a number of type INT."
                                + " Set a value of int [0,...,100], or remove it for the default 2.")
                .hasMessageContaining(
                        "farm.shep = \"3\" (from farm.properties): unknown key. Did you mean farm.sheep?")
                .hasMessageContaining(
                        "farm.sheep = \"-1\" (from environment variable MAESTREAM_FARM_SHEEP): Value must be at least 0")
                .hasMessageContaining(
                        "MAESTREAM_FARM_COW (from environment): sets no known key. Did you mean MAESTREAM_FARM_COWS?")
                .hasMessageContaining("--set nonsense: is no assignment. Write --set key=value");
    }

    @Example
    void shouldReportWhatTheRecordSaysWhenValuesDoNotGoTogether() {
        // Given values that are fine one by one
        var sources = ConfigSources.ofAssignments("farm.cows=9", "farm.sheep=8");

        // When
        var failure = failure(sources);

        // Then
        assertThat(failure)
                .hasMessageContaining(
                        "farm (from --set): farm.sheep (8) must not be below farm.cows (9)");
    }

    @Example
    void shouldNeverShowASecret() {
        // Given a secret on the command line, and one in the environment that a check's message
        // quotes
        var onCommandLine = ConfigSources.ofAssignments("farm.gate=tell-nobody");
        var quoted =
                new ConfigSources(
                        "",
                        NONE,
                        Map.of("MAESTREAM_FARM_GATE", "tell-nobody"),
                        List.of("farm.sheep=0"),
                        NONE);
        var client = ConfigSources.ofAssignments("kafka.ssl.key.password=tell-nobody");

        // Then each is refused without being quoted
        for (var sources : List.of(onCommandLine, quoted, client)) {
            assertThat(failure(sources))
                    .hasMessageContaining("[hidden]")
                    .hasMessageNotContaining("tell-nobody");
        }
        assertThat(failure(onCommandLine)).hasMessageContaining("MAESTREAM_FARM_GATE");
        assertThat(failure(client)).hasMessageContaining("MAESTREAM_KAFKA_SSL_KEY_PASSWORD");
    }

    @Example
    void shouldHandKafkasKeysThroughWhenTheyAreUndeclared() {
        // Given keys for the clients in file, environment and on the command line
        var sources =
                new ConfigSources(
                        "f",
                        Map.of("kafka.security.protocol", "SSL"),
                        Map.of("MAESTREAM_KAFKA_CONSUMER_MAX_POLL_RECORDS", "7"),
                        List.of("kafka.streams.num.stream.threads=2"),
                        NONE);

        // When
        Map<String, ?> all = Farm.loader().load(sources).get(Farm.SECTION).all();

        // Then the record's reader sees them
        assertThat(all.get("kafka.security.protocol")).isEqualTo("SSL");
        assertThat(all.get("kafka.consumer.max.poll.records")).isEqualTo("7");
        assertThat(all.get("kafka.streams.num.stream.threads")).isEqualTo("2");
    }

    @Example
    void shouldIgnoreLauncherVariablesAndBlankOnes() {
        // Given
        var sources =
                new ConfigSources(
                        "",
                        NONE,
                        Map.of("MAESTREAM_JVM_OPTS", "-Xmx1g", "MAESTREAM_FARM_COWS", " "),
                        List.of(),
                        NONE);

        // When
        LoadedConfig config = Farm.loader().load(sources);

        // Then
        assertThat(config.get(Farm.SECTION).cows()).isEqualTo(2);
        assertThat(config.isSet("farm.cows")).isFalse();
    }

    @Example
    void shouldPreferAnOptionToAnAssignment() {
        // Given
        var sources = ConfigSources.ofAssignments("farm.cows=3").withOption("farm.cows", "4");

        // When
        LoadedConfig config = Farm.loader().load(sources);

        // Then
        assertThat(config.get(Farm.SECTION).cows()).isEqualTo(4);
    }

    @Property(tries = 100)
    void shouldTakeTheStrongestLayerThatSetsAKey(
            @ForAll @Size(3) List<Boolean> set,
            @ForAll @Size(3) List<@IntRange(max = 40) Integer> values) {
        // Given any subset of the layers, each with its value
        Map<String, String> file = new HashMap<>();
        Map<String, String> environment = new HashMap<>();
        List<String> assignments = set.get(2) ? List.of("farm.cows=" + values.get(2)) : List.of();
        if (set.get(0)) {
            file.put("farm.cows", values.get(0) + " ");
        }
        if (set.get(1)) {
            environment.put("MAESTREAM_FARM_COWS", values.get(1).toString());
        }

        // When
        var config =
                Farm.loader().load(new ConfigSources("f", file, environment, assignments, NONE));

        // Then command line beats environment beats file beats default
        int expected = 2;
        for (int layer = 0; layer < 3; layer++) {
            expected = set.get(layer) ? values.get(layer) : expected;
        }
        assertThat(config.get(Farm.SECTION).cows()).isEqualTo(expected);
        assertThat(config.isSet("farm.cows")).isEqualTo(set.contains(true));
    }

    @Property(tries = 200)
    void shouldOnlyEverFailWithProblems(
            @ForAll Map<String, String> file, @ForAll List<String> assignments) {
        // Given anything at all
        var sources = new ConfigSources("f", file, NONE, assignments, NONE);

        // When
        try {
            Farm.loader().load(sources);
        } catch (BadConfigurationException expected) {
            // Then the failure names at least one problem
            assertThat(expected.problems()).isNotEmpty();
        }
    }

    private static BadConfigurationException failure(ConfigSources sources) {
        return catchThrowableOfType(
                BadConfigurationException.class, () -> Farm.loader().load(sources));
    }
}
