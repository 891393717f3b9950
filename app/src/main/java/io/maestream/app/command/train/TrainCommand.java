package io.maestream.app.command.train;

import io.maestream.app.NativeAllocator;
import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.demo.Training;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the trainer. */
@Command(
        name = "train",
        description = {
            "Trains on images.prepared until Ctrl-C, which finishes the step and commits a last"
                    + " checkpoint. Started again, it goes on from the last committed one. A second"
                    + " trainer of the same run stands by and takes over if the first one fails.",
            ""
        },
        footer = {
            "",
            "Example: maestream train --bootstrap localhost:9092 --set model.preset=small"
        })
final class TrainCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(names = "--run", paramLabel = "ID", description = "Name of the run (run.id).")
    private String run;

    @Option(
            names = "--max-steps",
            paramLabel = "N",
            description = "Stop when the run has made so many steps (train.max.steps).")
    private Long maxSteps;

    @Option(
            names = "--adopt",
            description =
                    "If the run has checkpoints but no event (the topic was lost), verify the newest"
                            + " one, publish it as the first event, and go on from it"
                            + " (train.adopt). Without this the run is refused.")
    private Boolean adopt;

    TrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> options =
                broker.keys()
                        .with("run.id", run)
                        .with("train.max.steps", maxSteps)
                        .with("train.adopt", adopt)
                        .map();
        LoadedConfig config = common.loadAndLog(surroundings, options);
        BrokerOptions.connect(config, Topics.IMAGES_PREPARED, Topics.CHECKPOINTS);
        try (Dashboards dashboards = Dashboards.open(config, PortTaken.FAIL)) {
            train(config, dashboards);
        }
        return ExitCode.OK.status();
    }

    private void train(LoadedConfig config, Dashboards dashboards) {
        var out = spec.commandLine().getOut();
        dashboards.line().ifPresent(out::println);
        dashboards.connect(config, config.get(Sections.KAFKA));
        Training training =
                Trainings.open(
                        config,
                        config.get(Sections.KAFKA),
                        OptionalLong.empty(),
                        dashboards,
                        new TrainPrinter(out, Clock.systemUTC()));
        out.println("Training run " + Sections.runId(config) + "; Ctrl-C stops it in order");
        NativeAllocator.note(System.getProperty("os.name"), System.getenv())
                .ifPresent(out::println);
        out.flush();
        surroundings.shutdown().stoppable(training::stop, training::run);
    }
}
