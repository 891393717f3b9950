package io.maestream.trainer.command;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;

/**
 * Something asked of a run, whichever topic it came by.
 *
 * @param id of the command or the request
 * @param runId the run it is meant for
 * @param kind what to do
 * @param trigger what the checkpoint's event says if one is taken for it
 */
public record Request(String id, String runId, CommandKind kind, Trigger trigger) {

    private static final int REASON_LIMIT = 500;

    /** A person's or a program's command. */
    public static Request of(TrainerCommand command) {
        TriggerKind kind =
                switch (command.getKind()) {
                    case STOP -> TriggerKind.SHUTDOWN;
                    case RELEASE -> TriggerKind.RELEASE;
                    default -> TriggerKind.COMMAND;
                };
        String reason = "%s %s".formatted(bounded(command.getReason()), mark(command));
        return new Request(
                command.getCommandId(),
                command.getRunId(),
                command.getKind(),
                new Trigger(kind, reason));
    }

    /** A trigger's request for a checkpoint, or for a release if that is the trigger's kind. */
    public static Request of(CheckpointRequested requested) {
        boolean isRelease = requested.getTrigger().getKind() == TriggerKind.RELEASE;
        String reason =
                "%s (request %s)"
                        .formatted(
                                bounded(requested.getTrigger().getReason()),
                                requested.getRequestId());
        return new Request(
                requested.getRequestId(),
                requested.getRunId(),
                isRelease ? CommandKind.RELEASE : CommandKind.CHECKPOINT,
                new Trigger(requested.getTrigger().getKind(), reason));
    }

    /** How a checkpoint's reason names the command that it was taken for. */
    public static String mark(TrainerCommand command) {
        return "(command %s)".formatted(command.getCommandId());
    }

    /** One line of bounded length: a reason goes into logs and events. */
    private static String bounded(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= REASON_LIMIT ? line : line.substring(0, REASON_LIMIT) + "…";
    }
}
