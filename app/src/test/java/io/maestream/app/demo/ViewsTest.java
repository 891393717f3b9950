package io.maestream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.Records;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ViewsTest {
    private static final TrainingState STATE = new TrainingState(12, 96, 80, 0.5, 1e-3, 0.25, -1);

    private final StringWriter written = new StringWriter();
    @TempDir Path directory;

    @Test
    void shouldKeepLinesAboveTheStatusWhenOnATerminal() {
        // Given a terminal with a status
        Screen screen = new Screen(new PrintWriter(written), true);
        screen.status("bar");

        // When a line comes
        screen.line("event");

        // Then it takes the status's place, and the status follows below
        assertThat(written.toString()).endsWith("\r\u001b[Kevent" + System.lineSeparator() + "bar");
    }

    @Test
    void shouldPrintNoStatusWhenThereIsNoTerminal() {
        // Given
        Screen screen = new Screen(new PrintWriter(written), false);

        // When
        screen.status("bar");
        screen.line("event");

        // Then
        assertThat(written.toString()).isEqualTo("event" + System.lineSeparator());
    }

    @Test
    void shouldPrintALineEveryFiveSecondsAndNotMoreOften() {
        // Given
        TestClock clock = new TestClock();
        Screen screen = new Screen(new PrintWriter(written), false);
        try (var view = new PlainView(screen, Duration.ofSeconds(5), clock)) {
            // When twelve seconds pass with a step each
            for (int second = 0; second < 12; second++) {
                view.show(STATE);
                clock.now = clock.now.plusSeconds(1);
            }
        }

        // Then
        assertThat(written.toString().lines()).hasSize(3).allMatch(l -> l.contains("lag ?"));
    }

    @Test
    void shouldDrawStepAndFiguresInTheBar() {
        // Given a bar from step 10 to step 20
        Bound bound = new Bound(10, OptionalLong.of(20), Optional.empty());
        Screen screen = new Screen(new PrintWriter(written), true);
        try (var bar = new ProgressBarView(screen, bound, 90)) {
            // When
            bar.show(STATE);
        }

        // Then its last drawing shows both
        assertThat(written.toString())
                .contains("12/20")
                .contains("80 img/s loss 0.500 lr 1.0e-03 wait 25% lag ?");
    }

    @Test
    void shouldNameAPanelByItsStepAndReplaceAnOlderOne() throws Exception {
        // Given
        PanelWriter writer = new PanelWriter(directory.resolve("panels"));
        writer.write(Records.panel(123, new byte[] {1}));

        // When
        Path path = writer.write(Records.panel(123, new byte[] {4, 5}));

        // Then
        assertThat(path).hasFileName("step-000123.png").hasBinaryContent(new byte[] {4, 5});
        try (var files = Files.list(path.getParent())) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void shouldPrintOnlyItsOwnRunsCheckpoints() {
        // Given
        Screen screen = new Screen(new PrintWriter(written), false);
        var printer = new CheckpointEventPrinter(screen, Records.RUN);

        // When
        printer.print(Records.committed(Records.RUN, 40));
        printer.print(Records.committed("other", 41));

        // Then
        assertThat(printer.count()).isEqualTo(1);
        assertThat(written.toString().strip())
                .isEqualTo(
                        "checkpoint committed: default-40  step 40, 320 images, TIME (60 s have"
                                + " passed), 3.0 MiB in 2 files at"
                                + " file:///tmp/checkpoints/default-40");
    }

    @Test
    void shouldShowOurWarningsAboveTheStatusWhileOpen() {
        // Given
        Screen screen = new Screen(new PrintWriter(written), false);
        Logger logger = LoggerFactory.getLogger("io.maestream.warns");
        ScreenAppender warnings = ScreenAppender.open(screen);

        // When
        logger.atWarn().addKeyValue("offset", 7).log("record left out");
        logger.info("not for the screen");
        warnings.close();
        logger.atError().log("after it was closed, on purpose");

        // Then
        assertThat(written.toString().strip()).isEqualTo("WARN record left out offset=\"7\"");
    }

    @Test
    void shouldCompareNoLossesWhenTheSessionWasShort() {
        // Given
        var totals =
                new StepStatistics.Totals(
                        12, 96, 0, OptionalDouble.of(1.0), OptionalDouble.of(1.0));

        // Then
        assertThat(new DemoSummary(totals, 0, directory).lines())
                .anyMatch(l -> l.equals("Loss: 1.0000 over the last 12 steps"));
    }

    @Test
    void shouldSumASessionUp() {
        // Given
        var totals =
                new StepStatistics.Totals(
                        50, 400, 1, OptionalDouble.of(1.0), OptionalDouble.of(0.25));

        // When
        var lines = new DemoSummary(totals, 2, directory).lines();

        // Then
        assertThat(lines)
                .anyMatch(
                        l ->
                                l.contains(
                                        "50 steps, 400 images, checkpoints committed: 2, steps skipped: 1"))
                .anyMatch(l -> l.contains("ratio 0.25"))
                .anyMatch(l -> l.contains(directory.toString()));
    }

    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
