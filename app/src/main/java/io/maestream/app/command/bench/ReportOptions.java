package io.maestream.app.command.bench;

import io.maestream.app.bench.Report;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a benchmark's report is printed. */
public final class ReportOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean json;

    /** A line for a person who waits for the report; a machine gets the report alone. */
    void tell(String line) {
        if (!json) {
            print(line);
        }
    }

    /** The report: its lines, or its object. */
    void print(Report report) {
        print(json ? report.json() : String.join(System.lineSeparator(), report.lines()));
    }

    private void print(String text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
