package io.maestream.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration has mistakes; the message lists all of them, one a line. */
public final class BadConfigurationException extends RuntimeException {
    // Never serialized; the message says everything.
    private final transient List<ConfigProblem> problems;

    /** At least one problem. */
    public BadConfigurationException(List<ConfigProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** The mistakes, in alphabetical order of their keys. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String message(List<ConfigProblem> problems) {
        String count =
                problems.size() == 1
                        ? "1 problem in the configuration:"
                        : problems.size() + " problems in the configuration:";
        return problems.stream()
                .map(problem -> System.lineSeparator() + "  " + problem.describe())
                .collect(Collectors.joining("", count, ""));
    }
}
