package io.maestream.app.command;

import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a shell's completion. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options in bash or zsh. It is made for this"
                    + " version; load it when the shell starts.",
            ""
        },
        footer = {
            "",
            "Example: maestream completion bash > ~/.local/share/bash-completion/completions/maestream",
            "         maestream completion zsh > ~/.maestream-completion.zsh",
            "         echo 'source ~/.maestream-completion.zsh' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions common;

    /** A shell that has completion. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell;

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        var out = spec.commandLine().getOut();
        // One script serves both: in zsh it loads bash's completion first.
        out.println(AutoComplete.bash(spec.root().name(), root));
        out.flush();
        return ExitCode.OK.status();
    }
}
