package io.maestream.app.command;

import io.maestream.app.command.base.Shutdown;
import io.maestream.app.command.base.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The result of a command line, run in this process. */
public record Run(int status, String out, String err) {
    /** Runs it. */
    public static Run of(String... args) {
        return of(new Shutdown(), args);
    }

    static Run of(Shutdown shutdown, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine cli = cli(shutdown);
        cli.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int status = cli.execute(args);
        return new Run(status, out.toString(), err.toString());
    }

    /** Runs it with these environment variables. */
    static Run with(Map<String, String> variables, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(variables, false, 80, new Shutdown());
        int status =
                Cli.create(surroundings)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(args);
        return new Run(status, out.toString(), err.toString());
    }

    static CommandLine cli(Shutdown shutdown) {
        return Cli.create(new Surroundings(Map.of(), false, 80, shutdown));
    }

    public List<String> lines() {
        return out.lines().toList();
    }
}
