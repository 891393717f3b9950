package io.maestream.app.command.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final List<Integer> halted = new ArrayList<>();

    @Test
    void shouldStopTheCommandAndHaltWithItsStatusWhenASignalComes() {
        // Given a command that ends with 5 when it is told to stop
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(20), halted::add);

        // When the signal comes while it works
        shutdown.stoppable(() -> shutdown.commandFinished(5), shutdown::runHook);

        // Then
        assertThat(shutdown.isRequested()).isTrue();
        assertThat(halted).containsExactly(5);
    }

    @Test
    void shouldLeaveTheJvmAloneWhenTheCommandHasEnded() {
        // Given
        Shutdown shutdown = new Shutdown(Duration.ofSeconds(20), halted::add);
        shutdown.commandFinished(0);

        // When
        shutdown.runHook();

        // Then
        assertThat(halted).isEmpty();
    }

    @Test
    void shouldHaltAsUnexpectedWhenTheCommandDoesNotStopInTime() {
        // Given a command that never ends
        Shutdown shutdown = new Shutdown(Duration.ofMillis(10), halted::add);

        // When
        shutdown.runHook();

        // Then
        assertThat(halted).containsExactly(1);
    }

    @Test
    void shouldStopAtOnceWhenTheRequestCameFirst() {
        // Given
        List<String> calls = new ArrayList<>();
        Shutdown shutdown = new Shutdown();
        shutdown.request();

        // When
        shutdown.stoppable(() -> calls.add("stop"), () -> calls.add("work"));

        // Then
        assertThat(calls).containsExactly("stop", "work");
    }

    @Test
    void shouldForgetTheStopActionWhenTheWorkIsDone() {
        // Given
        List<String> calls = new ArrayList<>();
        Shutdown shutdown = new Shutdown();
        shutdown.stoppable(() -> calls.add("stop"), () -> calls.add("work"));

        // When
        shutdown.request();

        // Then
        assertThat(calls).containsExactly("work");
    }
}
