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
    @Mixin private SourceOptions source;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private Path file;

    IngestVideoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        source.publish("video", keys(), surroundings);
        return ExitCode.OK.status();
    }

    private OptionKeys keys() {
        return source.at(file, "video").with("source.video.type", "video");
    }
}
