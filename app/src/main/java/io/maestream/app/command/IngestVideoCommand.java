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
    @Mixin private SourceOptions source;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private Path file;

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
        return source.at(file, "video", broker.keys()).with("source.video.type", "video").map();
    }
}
