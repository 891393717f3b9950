package io.maestream.app.command;

import io.maestream.app.config.LoadedConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Parameters(paramLabel = "FILE", description = "The archive.")
    private Path file;

    @Option(
            names = "--source",
            paramLabel = "ID",
            description = "Source id of the images; the file's name by default.")
    private String sourceId;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Images per second at most; 0, the default, is as fast as possible.")
    private Double rate;

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
        Path absolute = file.toAbsolutePath().normalize();
        String id = sourceId == null ? String.valueOf(absolute.getFileName()) : sourceId;
        return broker.keys()
                .with("source.archive.type", "archive")
                .with("source.archive.path", absolute)
                .with("source.archive.id", id)
                .with("source.archive.rate", rate)
                .map();
    }
}
