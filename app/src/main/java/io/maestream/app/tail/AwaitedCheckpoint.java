package io.maestream.app.tail;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.command.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Waits for the committed checkpoint that a command led to. Open it before the command is sent. */
public final class AwaitedCheckpoint implements AutoCloseable {

    private final TopicTail<CheckpointCommitted> tail;

    /** Stands at the end of the events. */
    public AwaitedCheckpoint(KafkaClients clients) {
        var consumer =
                clients.consumer(AvroSerde.deserializer(CheckpointCommitted.class), Map.of());
        tail = new TopicTail<>(consumer, Topics.CHECKPOINTS).skipToEnd();
    }

    /** The checkpoint whose event names the command; nothing if none comes in time. */
    public Optional<CheckpointCommitted> of(TrainerCommand command, Duration patience) {
        return tail.first(event -> answers(event, command), patience);
    }

    /** Makes the waiting end soon; may be called from any thread. */
    public void stop() {
        tail.stop();
    }

    @Override
    public void close() {
        tail.close();
    }

    static boolean answers(CheckpointCommitted event, TrainerCommand command) {
        boolean isRelease = event.getTrigger().getKind() == TriggerKind.RELEASE;
        return event.getRunId().equals(command.getRunId())
                && isRelease == (command.getKind() == CommandKind.RELEASE)
                && event.getTrigger().getReason().contains(Request.mark(command));
    }
}
