package io.maestream.app.command;

import io.maestream.app.Sections;
import io.maestream.app.config.LoadedConfig;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.RateLimitedSource;
import io.maestream.ingest.source.directory.DirectorySettings;
import io.maestream.ingest.source.directory.DirectorySource;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
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
            "Publishes the JPEG and PNG files of a directory and those below it, in the order of"
                    + " their names.",
            ""
        },
        footer = {"", "Example: maestream ingest dir ~/Pictures --rate 10 --repeat"})
final class IngestDirCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Parameters(paramLabel = "DIR", description = "The directory.")
    private Path directory;

    @Option(
            names = "--source",
            paramLabel = "ID",
            description = "Source id of the images; the directory's name by default.")
    private String sourceId;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Images per second at most; 0, the default, is as fast as possible.")
    private double rate;

    @Option(names = "--repeat", description = "Begin again after the last file, until Ctrl-C.")
    private boolean repeat;

    IngestDirCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        Publishing.run(
                source(config), config, surroundings.shutdown(), spec.commandLine().getOut());
        return ExitCode.OK.status();
    }

    private ImageSource source(LoadedConfig config) throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        String id = sourceId == null ? String.valueOf(absolute.getFileName()) : sourceId;
        int maxImageBytes = config.get(Sections.TOPICS).maxImageBytes();
        try {
            ImageSource files =
                    new DirectorySource(absolute, id, new DirectorySettings(repeat, maxImageBytes));
            return RateLimitedSource.wrap(files, rate, Pacer.realTime());
        } catch (NotDirectoryException e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--rate: " + e.getMessage(), e);
        }
    }
}
