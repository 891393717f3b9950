package io.maestream.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class CommandSenderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final MockProducer<String, TrainerCommand> producer =
            new MockProducer<>(
                    true, null, new StringSerializer(), AvroSerde.serializer(TrainerCommand.class));
    private final CommandSender sender =
            new CommandSender(producer, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldSendEachCommandToItsRunUnderAnIdOfItsOwn() {
        TrainerCommand first = sender.send("run", CommandKind.PAUSE, "cleaning");
        TrainerCommand second = sender.send("run", CommandKind.PAUSE, "cleaning");

        assertThat(first.getCommandId()).isNotEqualTo(second.getCommandId());
        assertThat(first.getRequestedAt()).isEqualTo(NOW);
        assertThat(producer.history()).extracting(sent -> sent.value()).contains(first, second);
        assertThat(producer.history())
                .allSatisfy(
                        sent -> {
                            assertThat(sent.topic()).isEqualTo(Topics.TRAINING_COMMANDS);
                            assertThat(sent.key()).isEqualTo("run");
                        });
    }

    @Test
    void shouldFailWithTheBrokersReasonWhenItIsNotTaken() {
        producer.sendException = new TimeoutException("no broker");

        assertThatThrownBy(() -> sender.send("run", CommandKind.STOP, "x"))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("no broker");
    }
}
