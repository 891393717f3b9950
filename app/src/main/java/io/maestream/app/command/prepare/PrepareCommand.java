package io.maestream.app.command.prepare;

import io.maestream.app.Payloads;
import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Monitors;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.demo.ServiceRuns;
import io.maestream.ingest.prepare.PreparationService;
import io.maestream.ingest.prepare.PreparationServiceSettings;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the preparation of images. */
@Command(
        name = "prepare",
        description = {
            "Checks and scales the images on images.raw and passes them on to images.prepared, or"
                    + " to images.rejected with the reason, until Ctrl-C. Several instances share"
                    + " the work.",
            ""
        },
        footer = {"", "Example: maestream prepare --bootstrap localhost:9092 --threads 2"})
final class PrepareCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Preparing threads (prepare.threads, 1 by default).")
    private Integer threads;

    PrepareCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        LoadedConfig config =
                common.loadAndLog(
                        surroundings, broker.keys().with("prepare.threads", threads).map());
        PreparationServiceSettings settings = config.get(Sections.PREPARE);
        var payloads = Payloads.open(config).reader();
        var out = spec.commandLine().getOut();
        try (Monitors monitors = Monitors.open(config, out);
                var service =
                        new PreparationService(
                                BrokerOptions.connect(
                                        config, monitors.clients(), Topics.IMAGES_RAW),
                                settings,
                                payloads,
                                monitors.preparation())) {
            out.println("Preparing images; Ctrl-C stops it");
            out.flush();
            surroundings.shutdown().stoppable(service::close, () -> ServiceRuns.prepare(service));
        }
        return ExitCode.OK.status();
    }
}
