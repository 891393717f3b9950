package io.maestream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Python, for tests that look at what we publish from outside. */
public final class Python {
    private static final Path INTERPRETER = Path.of("/usr/bin/python3");

    private Python() {}

    /** Skips the test where the interpreter lacks a module. */
    public static void assumeModules(String... modules) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(INTERPRETER), "needs " + INTERPRETER);
        String imports = "import " + String.join(", ", modules);
        assumeTrue(
                process(List.of("-c", imports)).waitFor() == 0,
                "needs Debian's python3 packages of " + String.join(", ", modules));
    }

    /** Runs a script; what it prints. */
    public static String run(Path script, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = process(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
