package io.maestream.trainer.command;

import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Sends commands to runs. Any number of threads may send. */
public final class CommandSender implements AutoCloseable {

    private final Producer<String, TrainerCommand> producer;
    private final Clock clock;

    public CommandSender(KafkaClients clients, Clock clock) {
        this(clients.producer(AvroSerde.serializer(TrainerCommand.class), Map.of()), clock);
    }

    CommandSender(Producer<String, TrainerCommand> producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /**
     * Sends a command under an id of its own, and waits until the broker has it.
     *
     * @param reason for people to read: in the log, and in the event of a checkpoint
     * @return what was sent; {@link Request#mark} of it is how the event's reason names it
     * @throws KafkaException if the broker does not take it
     */
    public TrainerCommand send(String runId, CommandKind kind, String reason) {
        TrainerCommand command =
                new TrainerCommand(
                        UUID.randomUUID().toString(), runId, kind, reason, clock.instant());
        try {
            producer.send(new ProducerRecord<>(Topics.TRAINING_COMMANDS, runId, command)).get();
            return command;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException("the command could not be sent", e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
