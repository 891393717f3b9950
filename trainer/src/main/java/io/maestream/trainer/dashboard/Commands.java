package io.maestream.trainer.dashboard;

import io.maestream.schemas.CommandKind;

/** How the page asks something of the run. */
@FunctionalInterface
public interface Commands {

    /**
     * Sends a command and waits until the broker has it.
     *
     * @param reason for people; it goes into logs and events
     * @return the command's id
     * @throws org.apache.kafka.common.KafkaException if the broker does not take it
     */
    String send(String runId, CommandKind kind, String reason);
}
