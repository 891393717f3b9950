package io.maestream.app.command.ingest;

import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.OptionKeys;
import io.maestream.app.command.base.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Publishes the images in an archive. */
@Command(
        name = "archive",
        description = {
            "Publishes the images in a .zip, .tar, .tar.gz or .tgz archive, or in an idx file as MNIST"
                    + " has them (….idx3-ubyte, ….idx3-ubyte.gz); nothing is unpacked to disk.",
            ""
        },
        footer = {
            "",
            "Example: maestream ingest archive cifar10-train.zip",
            "Example: maestream ingest archive train-images-idx3-ubyte.gz"
        })
final class IngestArchiveCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Mixin private SourceOptions source;

    @Parameters(paramLabel = "FILE", description = "The archive.")
    private Path file;

    IngestArchiveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        source.publish("archive", keys(), surroundings);
        return ExitCode.OK.status();
    }

    private OptionKeys keys() {
        return source.at(file, "archive").with("source.archive.type", "archive");
    }
}
