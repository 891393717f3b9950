package io.maestream.app.command.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.broker.DataDirectoryInUseException;
import io.maestream.trainer.NotReplayableException;
import io.maestream.trainer.checkpoint.CheckpointOverdueException;
import io.maestream.trainer.checkpoint.EventsLostException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {
    @ParameterizedTest
    @MethodSource("failures")
    void shouldFindTheExitCodeAndSayWhatWentWrong(Throwable failure, ExitCode code, String line) {
        // When
        CommandFailure found = FailureClassifier.classify(failure);

        // Then
        assertThat(found.exitCode()).isEqualTo(code);
        assertThat(found.getMessage()).contains(line);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TimeoutException("no answer"), ExitCode.UNREACHABLE, "no answer"),
                Arguments.of(
                        new ExecutionException(new SaslAuthenticationException("who?")),
                        ExitCode.BAD_CONFIGURATION,
                        "who?"),
                Arguments.of(
                        new AuthorizationException("may not"),
                        ExitCode.BAD_CONFIGURATION,
                        "may not"),
                Arguments.of(
                        new IllegalStateException("run stopped", new ProducerFencedException("p")),
                        ExitCode.FENCED,
                        "run stopped"),
                Arguments.of(
                        new CheckpointOverdueException("stops without checkpoint step-1"),
                        ExitCode.NOT_KEPT,
                        "stops without checkpoint step-1"),
                Arguments.of(
                        new UnknownTopicOrPartitionException("none"),
                        ExitCode.NOT_FOUND,
                        "maestream topics create"),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("/x")),
                        ExitCode.NOT_FOUND,
                        "/x"),
                Arguments.of(new EventsLostException("no event"), ExitCode.EVENTS_LOST, "no event"),
                Arguments.of(
                        new NotReplayableException("c1", "it is gone"),
                        ExitCode.NOT_FOUND,
                        "checkpoint c1 cannot be replayed: it is gone"),
                Arguments.of(
                        new DataDirectoryInUseException(Path.of("d")), ExitCode.IN_USE, "in use"),
                Arguments.of(
                        new NullPointerException(), ExitCode.UNEXPECTED, "NullPointerException"));
    }

    @Test
    void shouldLineTableColumnsUp() {
        // Given
        Table table = new Table("NAME", "SIZE").row("a", "7").row("long name", "1,234");

        // Then
        assertThat(table.lines())
                .containsExactly("NAME        SIZE", "a              7", "long name  1,234");
    }
}
