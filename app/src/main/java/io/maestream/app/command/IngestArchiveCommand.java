package io.maestream.app.command;

import io.maestream.app.config.LoadedConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;
    @Mixin private SourceOptions source;

    @Parameters(paramLabel = "FILE", description = "The archive.")
    private Path file;

    IngestArchiveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        LoadedConfig config = common.loadAndLog(surroundings, keys());
        Publishing.run("archive", config, surroundings.shutdown(), spec.commandLine().getOut());
        return ExitCode.OK.status();
    }

    private Map<String, String> keys() {
        return source.at(file, "archive", broker.keys())
                .with("source.archive.type", "archive")
                .map();
    }
}
