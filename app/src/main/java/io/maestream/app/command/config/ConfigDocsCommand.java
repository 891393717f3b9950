package io.maestream.app.command.config;

import io.maestream.app.Documentation;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.demo.DemoDefaults;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the documentation of every key. */
@Command(
        name = "docs",
        description = {
            "Prints what every key means, its type, default and limits, as Markdown: it is"
                    + " docs/configuration.md.",
            ""
        },
        footer = {"", "Example: maestream config docs > docs/configuration.md"})
final class ConfigDocsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        Documentation.configuration(DemoDefaults.CAMERAS).forEach(out::println);
        out.flush();
        return ExitCode.OK.status();
    }
}
