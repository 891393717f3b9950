package io.maestream.app.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.status.Colours;
import io.maestream.app.status.Examples;
import io.maestream.app.status.Rejections;
import io.maestream.app.status.RunStatus;
import io.maestream.app.status.Status;
import io.maestream.schemas.SourceStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusScreenTest {
    private final StatusScreen screen = new StatusScreen(new Colours(false), 80, Optional.empty());

    @Test
    void shouldShowRunsSourcesAndRejectionsOnOneScreen() {
        // When
        List<String> lines = screen.lines(Examples.training());

        // Then
        assertThat(lines).first().isEqualTo("Maestream at 2026-03-04 05:06:17 UTC");
        assertThat(lines.subList(10, lines.size()))
                .containsExactly(
                        "",
                        "SOURCE    RECEIVED  PREPARED  REJECTED  LAST SEEN",
                        "camera-1        20        16         3  10 s ago",
                        "",
                        "Rejected in the last hour: 3 (EMPTY 2, QUOTA 1)");
        assertThat(lines).allMatch(line -> line.length() <= 80);
    }

    @Test
    void shouldSayThatThereIsNothing() {
        // Given
        Status nothing =
                new Status(Examples.NOW, List.of(), List.of(), new Rejections(Map.of(), true));

        // Then
        assertThat(screen.lines(nothing))
                .contains(
                        "No run yet: no trainer is running, and none has left steps or checkpoints",
                        "No source was heard of yet");
        assertThat(new StatusScreen(new Colours(false), 80, Optional.of("a")).lines(nothing).get(2))
                .startsWith("No run a: no trainer is running");
    }

    @Test
    void shouldStayOneScreenWhenThereIsMuch() {
        // Given
        RunStatus run = Examples.training().runs().get(0);
        SourceStatus source = Examples.source("camera-1");
        Status much =
                new Status(
                        Examples.NOW,
                        Collections.nCopies(7, run),
                        Collections.nCopies(30, source),
                        new Rejections(Map.of(), true));

        // Then
        assertThat(screen.lines(much))
                .contains(
                        "and 2 more runs; --run ID shows one",
                        "and 10 more sources; maestream sources lists all");
    }

    @Test
    void shouldDrawFramesOverEachOtherAndGiveTheCursorBack() {
        // Given
        StringWriter out = new StringWriter();

        // When
        try (WatchedScreen watched = new WatchedScreen(new PrintWriter(out), 3)) {
            watched.draw(List.of("a", "b", "does not fit"));
        }

        // Then
        assertThat(out.toString())
                .isEqualTo("\u001b[?25l\u001b[2J\u001b[Ha\u001b[K\nb\u001b[K\n\u001b[J\u001b[?25h");
    }
}
