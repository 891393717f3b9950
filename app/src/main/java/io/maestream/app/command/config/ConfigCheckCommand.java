package io.maestream.app.command.config;

import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.EffectiveValue;
import io.maestream.app.config.LoadedConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the configuration. */
@Command(
        name = "check",
        description = {
            "Reports all mistakes of the configuration at once, with the exit code 3; or says that it"
                    + " is fine. Nothing is connected to or written.",
            ""
        },
        footer = {"", "Example: maestream config check --config trainer.properties"})
final class ConfigCheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;

    ConfigCheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        LoadedConfig config = common.load(surroundings, Map.of());
        long set = config.values().stream().filter(EffectiveValue::isSet).count();
        var out = spec.commandLine().getOut();
        out.println(
                "The configuration is fine: "
                        + (set == 1 ? "1 key is set" : set + " keys are set")
                        + ", the others have their defaults");
        out.flush();
        return ExitCode.OK.status();
    }
}
