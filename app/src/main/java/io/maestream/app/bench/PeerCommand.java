package io.maestream.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program to compare with, run as a process in an environment without our settings. Its output
 * must hold {@code images_per_s NUMBER}.
 */
public final class PeerCommand {
    private static final Pattern RATE = Pattern.compile("images_per_s[ =:]+([0-9.]+)");
    private static final List<String> OURS =
            List.of("MALLOC_", "GLIBC_TUNABLES", "OMP_", "GOMP_", "TORCH_CPP_", "OPENCV_");

    private final List<String> command;

    /** A command line, split at blanks. */
    public PeerCommand(String command) {
        this.command = List.of(command.trim().split("\\s+"));
    }

    /**
     * Runs it once.
     *
     * @return images per second
     * @throws IOException if it does not start, fails, or does not tell its rate
     */
    public double imagesPerSecond() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> OURS.stream().anyMatch(key::startsWith));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        Matcher matcher = RATE.matcher(output);
        if (status != 0 || !matcher.find()) {
            throw new IOException(
                    "%s ended with status %d and printed no 'images_per_s NUMBER', but: %s"
                            .formatted(String.join(" ", command), status, output.strip()));
        }
        return Double.parseDouble(matcher.group(1));
    }
}
