package io.maestream.app.command.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.Records;
import io.maestream.app.metrics.MutableClock;
import io.maestream.mae.StepResult;
import io.maestream.trainer.Progress;
import io.maestream.trainer.report.StepReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainPrinterTest {
    private final StringWriter written = new StringWriter();
    private final MutableClock clock = new MutableClock();
    private final TrainPrinter printer = new TrainPrinter(new PrintWriter(written), clock);

    @Test
    void shouldPrintALineOfProgressEveryTenSeconds() {
        // Given
        printer.started("run", Optional.empty());

        // When: a step of 64 images a second
        for (int step = 1; step <= 20; step++) {
            clock.advance(Duration.ofSeconds(1));
            printer.stepped(step(step));
        }

        // Then
        assertThat(written.toString().lines())
                .containsExactly(
                        "Active, from the beginning",
                        "Step 10, 640 images, 64.0 images/s, loss 0.5000, learning rate 1.00e-03,"
                                + " lag 7",
                        "Step 20, 1280 images, 64.0 images/s, loss 0.5000, learning rate 1.00e-03,"
                                + " lag 7");
    }

    @Test
    void shouldSayOnceThatItWaitsWhenNoImagesCome() {
        // When
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(250));
            printer.idle(Duration.ofMillis(250));
        }

        // Then
        assertThat(written.toString().lines()).containsExactly("Waiting for images");
    }

    @Test
    void shouldSayWhichCheckpointWasCommitted() {
        // When
        printer.committed(Records.committed("cameras", 60));

        // Then
        assertThat(written.toString())
                .startsWith("Checkpoint committed: cameras-60  step 60, 480 images");
    }

    private static StepReport step(int step) {
        return new StepReport(
                new Progress(step, 64L * step, 0, 0),
                new StepResult(0.5f, 1, new float[0], true),
                List.of(),
                1e-3,
                new StepReport.Timing(Duration.ofMillis(900), Duration.ofMillis(1)),
                7,
                0);
    }
}
