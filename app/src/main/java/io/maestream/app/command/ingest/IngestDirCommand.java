package io.maestream.app.command.ingest;

import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.OptionKeys;
import io.maestream.app.command.base.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the image files of a directory. */
@Command(
        name = "dir",
        description = {
            "Publishes the image files of a directory and those below it, in the order of their"
                    + " names; with --watch as they appear, and never one twice.",
            ""
        },
        footer = {
            "",
            "Example: maestream ingest dir ~/Pictures --rate 10 --repeat",
            "         maestream ingest dir /srv/inbox --watch"
        })
final class IngestDirCommand implements Callable<Integer> {
    private static final String NAME = "dir";

    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private SourceOptions source;

    @Parameters(paramLabel = "DIR", description = "The directory.")
    private Path directory;

    @Option(names = "--repeat", description = "Begin again after the last file, until Ctrl-C.")
    private boolean repeat;

    @Option(
            names = "--watch",
            description =
                    "Go on with files as they appear, once they are closed and at rest. What was"
                            + " published is remembered, so a restart neither repeats nor forgets.")
    private boolean watch;

    IngestDirCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (watch && repeat) {
            throw new ParameterException(
                    spec.commandLine(), "--repeat: a watched directory never begins again");
        }
        source.publish(NAME, keys(), surroundings);
        return ExitCode.OK.status();
    }

    private OptionKeys keys() {
        return source.at(directory, NAME)
                .with("source.dir.type", watch ? "watch" : "directory")
                .with("source.dir.repeat", repeat);
    }
}
