package io.maestream.app.command.ingest;

import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SimulatedCameraSource;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes what simulated cameras see. */
@Command(
        name = "simulate",
        description = {
            "Publishes the frames of simulated cameras, each with a moving scene of its own, until"
                    + " Ctrl-C.",
            ""
        },
        footer = {"", "Example: maestream ingest simulate --cameras 5 --fps 2"})
final class IngestSimulateCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            description = "How many (simulate.cameras, 3 by default).")
    private Integer cameras;

    @Option(
            names = "--fps",
            paramLabel = "N",
            description =
                    "Frames per second of each (simulate.frames.per.second, 10 by default); 0 is"
                            + " as fast as possible.")
    private Double fps;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Frames of each before it ends (simulate.frames); 0 goes on for ever.")
    private Long frames;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides the scenes (simulate.seed): the same seed, the same images.")
    private Long seed;

    IngestSimulateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Map<String, String> options =
                broker.keys()
                        .with("simulate.cameras", cameras)
                        .with("simulate.frames.per.second", fps)
                        .with("simulate.frames", frames)
                        .with("simulate.seed", seed)
                        .map();
        LoadedConfig config = common.loadAndLog(surroundings, options);
        var source = new SimulatedCameraSource(config.get(Sections.SIMULATE), Pacer.realTime());
        Publishing.run(source, config, surroundings.shutdown(), spec.commandLine().getOut());
        return ExitCode.OK.status();
    }
}
