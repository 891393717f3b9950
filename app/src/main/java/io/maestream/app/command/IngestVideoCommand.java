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

/** Publishes the frames of a video file. */
@Command(
        name = "video",
        description = {
            "Publishes the frames of a video file as JPEG, as fast as they can be read.",
            ""
        },
        footer = {"", "Example: maestream ingest video street.mp4 --rate 2"})
final class IngestVideoCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private Path file;

    @Option(
            names = "--source",
            paramLabel = "ID",
            description = "Source id of the images; the file's name by default.")
    private String sourceId;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Frames of each second of the video at most; 0, the default, is all of them.")
    private Double rate;

    IngestVideoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        LoadedConfig config = common.loadAndLog(surroundings, keys());
        Publishing.run("video", config, surroundings.shutdown(), spec.commandLine().getOut());
        return ExitCode.OK.status();
    }

    private Map<String, String> keys() {
        Path absolute = file.toAbsolutePath().normalize();
        String id = sourceId == null ? String.valueOf(absolute.getFileName()) : sourceId;
        return broker.keys()
                .with("source.video.type", "video")
                .with("source.video.path", absolute)
                .with("source.video.id", id)
                .with("source.video.rate", rate)
                .map();
    }
}
