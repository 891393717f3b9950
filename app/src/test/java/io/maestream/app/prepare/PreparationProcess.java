package io.maestream.app.prepare;

import io.maestream.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code maestream prepare} in a process of its own. */
final class PreparationProcess implements AutoCloseable {

    private final Process process;

    private PreparationProcess(Process process) {
        this.process = process;
    }

    /**
     * @param data its data directory; a successor with the same one takes its work over at once
     */
    static PreparationProcess start(String bootstrap, Path data) throws IOException {
        Files.createDirectories(data);
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "prepare",
                        "--bootstrap",
                        bootstrap,
                        "--set",
                        "data.dir=" + data,
                        "--set",
                        "prepare.similar.bits=-1",
                        "--set",
                        "kafka.consumer.session.timeout.ms=6000");
        Path log = data.resolve("process.log");
        return new PreparationProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: it can do nothing about it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
