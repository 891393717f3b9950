package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maestream.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals and exit statuses. */
class ProcessIT {
    @TempDir Path directory;

    @Test
    void shouldStopInOrderAndExitWithZeroWhenTerminated() throws Exception {
        // Given a broker that has started
        Process process = start("broker", "--port", "0");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("Broker at 127.0.0.1:");

            // When it gets SIGTERM
            process.destroy();

            // Then it stops in order: a clean broker leaves its mark
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(directory.resolve(".maestream/kafka/.kafka_cleanshutdown")).exists();
            assertThat(directory.resolve(".maestream/logs/maestream.log")).isNotEmptyFile();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldExitWithFourAndOneLineWhenNoBrokerAnswers() throws Exception {
        // Given an address where nothing listens
        Process process = start("events", "--bootstrap", "127.0.0.1:1");

        // When
        List<String> err = process.errorReader(StandardCharsets.UTF_8).lines().toList();

        // Then
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
        assertThat(err).hasSize(1);
        assertThat(err.get(0)).contains("No broker answers at 127.0.0.1:1");
    }

    @Test
    void shouldLogObjectsWithoutSecretsWhenAskedForJson() throws Exception {
        // Given a broker that was told secrets
        ProcessBuilder builder = builder("broker", "--port", "0");
        builder.environment()
                .putAll(
                        Map.of(
                                "MAESTREAM_LOG_FORMAT", "json",
                                "MAESTREAM_HTTP_TOKEN", "s3cret-token-0123456789",
                                "MAESTREAM_KAFKA_SASL_JAAS_CONFIG", "s3cret"));
        Process process = builder.start();

        // When it has started and stopped
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("Broker at 127.0.0.1:");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        // Then each line of its log is an object, and none has a secret
        List<String> lines = Files.readAllLines(directory.resolve(".maestream/logs/maestream.log"));
        assertThat(lines).hasSizeGreaterThan(10).noneMatch(line -> line.contains("s3cret"));
        ObjectMapper mapper = new ObjectMapper();
        for (String line : lines) {
            JsonNode entry = mapper.readTree(line);
            assertThat(entry.has("timestamp")).isTrue();
            assertThat(entry.fieldNames())
                    .toIterable()
                    .contains("level", "loggerName", "formattedMessage");
        }
    }

    private Process start(String... args) throws IOException {
        return builder(args).start();
    }

    private ProcessBuilder builder(String... args) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-Dlogback.configurationFile=logback.xml",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).directory(directory.toFile());
    }
}
