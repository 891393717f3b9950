package io.maestream.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maestream.app.command.base.Shutdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {
    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void shouldCompleteEveryCommand(String shell) {
        // When
        Run run = Run.of("completion", shell);

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("complete -F _complete_maestream");
        assertThat(Run.cli(new Shutdown()).getSubcommands().keySet())
                .allSatisfy(
                        name ->
                                assertThat(run.out())
                                        .contains(
                                                "function _picocli_maestream_"
                                                        + name.toLowerCase(Locale.ROOT)));
    }

    @Test
    void shouldPrintAScriptThatBashUnderstandsAndCompletesBy() throws Exception {
        // Given bash
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash");
        Path script = directory.resolve("completion");
        Files.writeString(script, Run.of("completion", "bash").out());

        // Then it parses
        assertThat(bash("bash -n " + script).status()).isZero();

        // And completes
        Run completed =
                bash(
                        "source "
                                + script
                                + "; COMP_WORDS=(maestream stat); COMP_CWORD=1; COMP_LINE='maestream"
                                + " stat'; COMP_POINT=14; _complete_maestream; echo"
                                + " \"${COMPREPLY[@]}\"");
        assertThat(completed.out().strip()).isEqualTo("status");
    }

    @Test
    void shouldExitWithTwoWhenTheShellIsUnknown() {
        assertThat(Run.of("completion", "fish").status()).isEqualTo(2);
    }

    private static Run bash(String line) throws Exception {
        Process process =
                new ProcessBuilder("/bin/bash", "-c", line).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), out, "");
    }
}
