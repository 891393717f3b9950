package io.maestream.app.command;

import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.FailureClassifier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong; the stack trace goes to the log, or to the screen if asked. */
final class ErrorReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        CommandFailure known = FailureClassifier.classify(failure);
        command.getErr().println("maestream: " + known.getMessage());
        boolean hasTrace = known.exitCode() == ExitCode.UNEXPECTED;
        if (CommonOptions.verbose(parsed)) {
            failure.printStackTrace(command.getErr());
        } else if (hasTrace) {
            command.getErr().println("maestream: add --verbose for the stack trace");
        }
        LoggerFactory.getLogger(ErrorReport.class)
                .atDebug()
                .setCause(failure)
                .log("command failed");
        return known.exitCode().status();
    }
}
