package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsCommandsTest {
    @TempDir Path store;

    @Test
    void shouldListCheckpointsByAgeAndNameADamagedManifest() throws IOException {
        // Given three checkpoints whose ids sort differently from their ages, and a damaged one
        Checkpoints.publish(store, "b", 40);
        Checkpoints.publish(store, "b", 100);
        Checkpoints.publish(store, "a", 70);
        Checkpoints.publish(store, "c", 1);
        Files.writeString(store.resolve("c-1/manifest.json"), "{");

        // When
        Run run = run("list");

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines().get(0)).startsWith("CHECKPOINT  RUN  STEP  IMAGES");
        assertThat(run.lines().get(1))
                .startsWith("b-40        b      40     320  2026-01-01 12:00:40");
        assertThat(run.lines().get(2)).startsWith("a-70 ");
        assertThat(run.lines().get(3)).startsWith("b-100 ");
        assertThat(run.lines().get(4)).contains("c-1").contains("cannot be read");
    }

    @Test
    void shouldShowTheLatestOfARun() throws IOException {
        // Given
        Checkpoints.publish(store, "a", 70);
        Checkpoints.publish(store, "b", 40);

        // When
        Run latest = run("show");
        Run ofRun = run("show", "latest", "--run", "b");

        // Then
        assertThat(latest.out()).contains("checkpoint  a-70").contains("loss = 0.5");
        assertThat(ofRun.out())
                .contains("checkpoint  b-40")
                .contains("encoder 192×6×3")
                .containsPattern("encoder.bin +encoder +0.0 MiB +[0-9a-f]{64}");
    }

    @Test
    void shouldTellReleasesFromTheLineage() throws IOException {
        // Given a release that is newer than the run's latest
        Checkpoints.publish(store, "a", 70);
        assertThat(run("show", "release").err()).contains("There is no release in " + store);
        Checkpoints.publish(store, "a", 90, "RELEASE");

        // When, then
        assertThat(run("show", "latest").out()).contains("checkpoint  a-70");
        assertThat(run("show", "release").out()).contains("checkpoint  a-90");
        assertThat(run("list").out()).containsPattern("a-90 .* RELEASE ");
    }

    @Test
    void shouldVerifyAndExitWithFiveNamingTheFileWhenOneByteIsFlipped() throws IOException {
        // Given a checkpoint that is whole
        Checkpoints.publish(store, "a", 70);
        assertThat(run("verify", "latest").out()).contains("a-70: 2 files");

        // When a byte of a file is flipped
        Path file = store.resolve("a-70/encoder.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[1234] ^= 1;
        Files.write(file, bytes);
        Run run = run("verify", "a-70");

        // Then
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("a-70 is damaged").contains("encoder.bin: digest");
    }

    @Test
    void shouldExitWithFiveWhenTheManifestIsDamaged() throws IOException {
        // Given
        Checkpoints.publish(store, "a", 70);
        Files.writeString(store.resolve("a-70/manifest.json"), "{");

        // When
        Run run = run("verify", "a-70");

        // Then
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).contains("manifest.json");
    }

    @Test
    void shouldExitWithNineWhenThereIsNoneOfThatName() {
        assertThat(run("verify", "none").status()).isEqualTo(9);
        assertThat(run("verify", "../none").status()).isEqualTo(9);
        assertThat(run("show").err()).contains("There is no checkpoint in " + store);
        assertThat(run("list").status()).isZero();
    }

    private Run run(String command, String... args) {
        String[] all = new String[args.length + 4];
        all[0] = "checkpoints";
        all[1] = command;
        all[2] = "--dir";
        all[3] = store.toString();
        System.arraycopy(args, 0, all, 4, args.length);
        return Run.of(all);
    }
}
