package io.maestream.app.command.ingest;

import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.OptionKeys;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every source that one command publishes. */
public final class SourceOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin private CommonOptions common;
    @Mixin private BrokerOptions broker;

    @Option(
            names = "--source",
            paramLabel = "ID",
            description =
                    "Source id of the images; by default the name of the file or directory, or"
                            + " camera.")
    private String sourceId;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Images a second at most, of a video or camera in its own time; 0, the default,"
                            + " is all of them, as fast as they come.")
    private Double rate;

    /** The options as keys of the source with this name in the configuration. */
    OptionKeys of(String name) {
        return with(name, broker.keys());
    }

    /** The same for a source that is a file or directory. */
    OptionKeys at(Path place, String name) {
        Path absolute = place.toAbsolutePath().normalize();
        return with(
                name,
                broker.keys()
                        .with(key(name, "path"), absolute)
                        .with(key(name, "id"), absolute.getFileName()));
    }

    /** Publishes the source with this name until its end or Ctrl-C. */
    void publish(String name, OptionKeys keys, Surroundings surroundings)
            throws InterruptedException, IOException {
        LoadedConfig config = common.loadAndLog(surroundings, keys.map());
        PrintWriter out = command.commandLine().getOut();
        Publishing.run(name, config, surroundings.shutdown(), out);
    }

    private OptionKeys with(String name, OptionKeys keys) {
        return keys.with(key(name, "id"), sourceId).with(key(name, "rate"), rate);
    }

    private static String key(String name, String own) {
        return "source." + name + "." + own;
    }
}
