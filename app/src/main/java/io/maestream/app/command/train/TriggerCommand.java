package io.maestream.app.command.train;

import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Monitors;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.demo.ServiceRuns;
import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.trigger.TriggerService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the triggers. */
@Command(
        name = "trigger",
        description = {
            "Watches the losses of all runs on training.metrics, and asks their trainers for a"
                    + " checkpoint when a camera has drifted, the loss has stopped falling, or has"
                    + " fallen far since the last checkpoint, until Ctrl-C. Of several instances"
                    + " one works.",
            ""
        },
        footer = {
            "",
            "Example: maestream trigger --bootstrap localhost:9092 --set"
                    + " trigger.improvement.share=0"
        })
final class TriggerCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    TriggerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadedConfig config = common.loadAndLog(surroundings, broker.keys().map());
        var out = spec.commandLine().getOut();
        try (Monitors monitors = Monitors.open(config, out);
                var service =
                        new TriggerService(
                                BrokerOptions.connect(
                                        config, monitors.clients(), Topics.TRAINING_METRICS),
                                config.get(Sections.TRIGGER),
                                monitors.triggers())) {
            out.println("Watching the losses of all runs; Ctrl-C stops it");
            out.flush();
            surroundings.shutdown().stoppable(service::close, () -> ServiceRuns.watch(service));
        }
        return ExitCode.OK.status();
    }
}
