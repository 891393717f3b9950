package io.maestream.app.command;

import io.maestream.app.command.base.Shutdown;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Commands that run until they are stopped, in this JVM, each with a configuration of its own. */
final class Processes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final List<Shutdown> shutdowns = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Processes(Path directory) {
        this.directory = directory;
    }

    /** Starts a command; what it complains of is shown when it ends. */
    void start(Map<String, String> keys, String... command) throws IOException {
        Shutdown shutdown = new Shutdown();
        shutdowns.add(shutdown);
        String[] arguments = arguments(keys, command);
        Thread thread =
                new Thread(
                        () -> {
                            Run run = Run.of(shutdown, arguments);
                            if (run.status() != 0) {
                                System.err.println(run.out() + run.err());
                            }
                        },
                        String.join("-", command));
        threads.add(thread);
        thread.start();
    }

    /** Runs a command to its end. */
    Run run(Map<String, String> keys, String... command) throws IOException {
        return Run.of(arguments(keys, command));
    }

    @Override
    public void close() throws InterruptedException {
        shutdowns.forEach(Shutdown::request);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }
    }

    /** In a file, since secrets are refused on a command line. */
    private String[] arguments(Map<String, String> keys, String... command) throws IOException {
        Path own = Files.createTempDirectory(directory, String.join("-", command));
        Properties properties = new Properties();
        properties.putAll(keys);
        properties.put("data.dir", own.toString());
        Path file = own.resolve("maestream.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--config", file.toString()));
        return arguments.toArray(String[]::new);
    }
}
