package io.maestream.app.command;

import io.maestream.app.bench.Report;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How a benchmark's report is printed. */
public final class ReportOptions {
    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean json;

    void print(Report report, PrintWriter out) {
        if (json) {
            out.println(report.json());
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
    }
}
