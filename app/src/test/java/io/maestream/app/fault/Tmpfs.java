package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A small file system in memory; without the right to mount one, the test is skipped. */
record Tmpfs(Path directory) implements AutoCloseable {

    static Tmpfs mount(Path directory, int kibibytes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        boolean mounted =
                run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", directory);
        assumeTrue(mounted, "mounting a tmpfs needs root");
        return new Tmpfs(directory);
    }

    /** ro or rw. */
    void remount(String how) throws IOException, InterruptedException {
        assertThat(run("mount", "-o", "remount," + how, directory)).isTrue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(run("umount", "-l", directory)).isTrue();
    }

    private static boolean run(Object... command) throws IOException, InterruptedException {
        List<String> words = Arrays.stream(command).map(Object::toString).toList();
        return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
    }
}
