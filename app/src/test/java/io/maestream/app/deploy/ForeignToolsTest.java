package io.maestream.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools for which the files are, where they are installed. None of them needs a server. */
class ForeignToolsTest {

    @TempDir Path directory;

    @Test
    void shouldAcceptTheRulesAndPassTheirTestsWhenPromtoolIsInstalled() throws Exception {
        Path prometheus = DeployFiles.DEPLOY.resolve("prometheus");
        run(prometheus, "promtool", "check", "rules", "maestream.rules.yml");
        run(prometheus, "promtool", "test", "rules", "maestream.rules.test.yml");
    }

    @Test
    void shouldAcceptTheUnitWhenSystemdIsInstalled() throws Exception {
        // Given the unit as somebody would enable it
        for (String instance : List.of("train", "ingest-run")) {
            Path unit = directory.resolve("maestream@" + instance + ".service");
            Files.copy(DeployFiles.DEPLOY.resolve("systemd/maestream@.service"), unit);

            // Then
            String said = run(directory, "systemd-analyze", "verify", unit.toString());
            assertThat(said).doesNotContain("maestream@");
        }
    }

    @Test
    void shouldBuildTheExampleWhenKubectlIsInstalled() throws Exception {
        String built = run(DeployFiles.DEPLOY, "kubectl", "kustomize", "kubernetes");
        assertThat(built).contains("kind: Deployment", "image: maestream:0.1.0");
    }

    @Test
    void shouldAcceptTheComposeFileWhenDockerComposeIsInstalled() throws Exception {
        Assumptions.assumeTrue(
                process(DeployFiles.ROOT, "docker", "compose", "version").waitFor() == 0,
                "docker compose is not installed");
        run(
                DeployFiles.ROOT,
                "docker",
                "compose",
                "--profile",
                "demo",
                "--profile",
                "gpu",
                "--profile",
                "follow",
                "config",
                "--quiet");
    }

    private static String run(Path directory, String... command) throws Exception {
        Assumptions.assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
        Process process = process(directory, command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static Process process(Path directory, String... command) throws IOException {
        Assumptions.assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
