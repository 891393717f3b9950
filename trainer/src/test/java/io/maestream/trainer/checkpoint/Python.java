package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Python, for tests that look at our files from outside. */
final class Python {

    private static final Path INTERPRETER = Path.of("/usr/bin/python3");

    private Python() {}

    /** Skips the test where the interpreter lacks a module. */
    static void assumeModules(String... modules) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(INTERPRETER), "needs " + INTERPRETER);
        String imports = "import " + String.join(", ", modules);
        assumeTrue(
                process(List.of("-c", imports)).waitFor() == 0,
                "needs Debian's python3 packages of " + String.join(", ", modules));
    }

    /** Runs a script of the test's resources; what it prints. */
    static String run(String script, Object... arguments)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(Python.class.getResource(script).toURI()).toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = process(command);
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static Process process(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(arguments);
        command.add(0, INTERPRETER.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return builder.start();
    }
}
