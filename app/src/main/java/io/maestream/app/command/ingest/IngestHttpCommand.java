package io.maestream.app.command.ingest;

import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Monitors;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes images by HTTP. */
@Command(
        name = "http",
        description = {
            "Takes images by POST /images until Ctrl-C, and answers 202 once the brokers have them."
                    + " The bearer token comes from MAESTREAM_HTTP_TOKEN or http.token.file.",
            ""
        },
        footer = {
            "",
            "Example: maestream ingest http --port 8484",
            "         curl -H \"Authorization: Bearer $MAESTREAM_HTTP_TOKEN\" -H 'Content-Type:"
                    + " image/jpeg' --data-binary @photo.jpg http://127.0.0.1:8484/images"
        })
final class IngestHttpCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (http.host, 127.0.0.1 by default).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on (http.port, 8484 by default); 0 for any.")
    private Integer port;

    IngestHttpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        LoadedConfig config =
                common.loadAndLog(
                        surroundings,
                        broker.keys().with("http.host", host).with("http.port", port).map());
        var out = spec.commandLine().getOut();
        try (Monitors monitors = Monitors.open(config, out)) {
            Uploads uploads = Uploads.start(config, monitors, out);
            surroundings.shutdown().stoppable(uploads::stop, uploads::runUntilStopped);
        }
        return ExitCode.OK.status();
    }
}
