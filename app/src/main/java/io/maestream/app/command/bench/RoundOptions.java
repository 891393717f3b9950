package io.maestream.app.command.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often both sides of a comparison are measured. */
public final class RoundOptions {
    private static final String NAME = "--rounds";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = NAME,
            paramLabel = "N",
            description = "How often both run in turn (${DEFAULT-VALUE} by default).")
    private int rounds;

    /** So often, if the option is not given. */
    RoundOptions(int rounds) {
        this.rounds = rounds;
    }

    /**
     * How often.
     *
     * @throws ParameterException if that is less than once
     */
    int rounds() {
        if (rounds < 1) {
            throw new ParameterException(
                    command.commandLine(), NAME + " must be at least 1, not " + rounds);
        }
        return rounds;
    }
}
