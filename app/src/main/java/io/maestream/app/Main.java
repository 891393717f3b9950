package io.maestream.app;

import io.maestream.app.command.Cli;
import io.maestream.app.command.base.Surroundings;

/** Starts the command line and ends the process with its exit code. */
public final class Main {
    private Main() {}

    /** Runs one command. */
    public static void main(String[] args) {
        Surroundings surroundings = Surroundings.ofProcess();
        surroundings.shutdown().install();
        int status = Cli.create(surroundings).execute(args);
        surroundings.shutdown().commandFinished(status);
        System.exit(status);
    }
}
