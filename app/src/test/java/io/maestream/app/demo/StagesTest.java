package io.maestream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StagesTest {
    private final List<String> calls = new ArrayList<>();

    @Test
    void shouldStopInReverseAndGoOnWhenOneFails() {
        // Given three stages of which the middle one does not stop
        Stages stages = new Stages();
        stages.start(stage("a", false));
        stages.start(stage("b", true));
        stages.start(stage("c", false));

        // When, then the failure is thrown after all were tried
        assertThatThrownBy(stages::close).hasMessage("b does not stop");
        assertThat(calls)
                .containsExactly("start a", "start b", "start c", "stop c", "stop b", "stop a");
    }

    @Test
    void shouldAskAWorkerToStopAndWaitForIt() {
        // Given a worker that waits
        CountDownLatch asked = new CountDownLatch(1);
        Worker worker = new Worker("waits", () -> awaitQuietly(asked), asked::countDown);
        worker.start();

        // When
        worker.stop();

        // Then
        assertThat(worker.ended()).isCompleted();
    }

    @Test
    void shouldKeepAWorkersFailure() {
        // Given
        Worker worker =
                new Worker(
                        "fails",
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        () -> {});

        // When
        worker.start();
        worker.stop();

        // Then
        assertThat(worker.ended()).isCompletedExceptionally();
        assertThatThrownBy(() -> worker.ended().join()).hasMessageContaining("broken");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Stage stage(String name, boolean failing) {
        return new Stage() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void start() {
                calls.add("start " + name);
            }

            @Override
            public void stop() {
                calls.add("stop " + name);
                if (failing) {
                    throw new IllegalStateException(name + " does not stop");
                }
            }
        };
    }
}
