package io.maestream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LineageAuditTest {

    @Property(tries = 100)
    void shouldAcceptEveryLineageInWhichRangesMeet(
            @ForAll @NotEmpty List<@IntRange(min = 0, max = 50) Integer> sizes) {
        List<CheckpointCommitted> events = new ArrayList<>();
        long from = 7;
        String parent = null;
        for (int i = 0; i < sizes.size(); i++) {
            long until = from + sizes.get(i);
            events.add(event("c" + i, parent, i, ranges(from, until), List.of(), until));
            parent = "c" + i;
            from = until;
        }

        LineageAudit.Report report = LineageAudit.of(events);

        assertThat(report.problems()).isEmpty();
        assertThat(report.lineage()).hasSize(sizes.size());
        assertThat(report.abandoned()).isEmpty();
    }

    @Test
    void shouldNameAGapAndAnOverlap() {
        CheckpointCommitted first = event("a", null, 1, ranges(0, 100), List.of(), 100);

        assertThat(problems(first, event("b", "a", 2, ranges(120, 200), List.of(), 200)))
                .containsExactly("b: images.prepared-0: offsets have a gap at 120, expected 100");
        assertThat(problems(first, event("b", "a", 2, ranges(90, 200), List.of(), 200)))
                .containsExactly("b: images.prepared-0: offsets overlap at 90, expected 100");
        assertThat(problems(first, event("b", "a", 2, ranges(100, 190), List.of(), 200)))
                .containsExactly("b: images.prepared-0: ranges end at 190, the next offset is 200");
    }

    @Test
    void shouldAcceptAGapThatTheEventTells() {
        LineageAudit.Report report =
                LineageAudit.of(
                        List.of(
                                event("a", null, 1, ranges(0, 100), List.of(), 100),
                                event("b", "a", 2, ranges(120, 200), ranges(100, 120), 200)));

        assertThat(report.problems()).isEmpty();
        assertThat(report.skipped()).isEqualTo(ranges(100, 120));
    }

    @Test
    void shouldFollowTheNewestBackAndNameWhatItDoesNotDescendFrom() {
        LineageAudit.Report report =
                LineageAudit.of(
                        List.of(
                                event("a", null, 1, ranges(0, 100), List.of(), 100),
                                event("damaged", "a", 2, ranges(100, 150), List.of(), 150),
                                event("b", "a", 2, ranges(100, 200), List.of(), 200)));

        assertThat(report.problems()).isEmpty();
        assertThat(report.lineage()).containsExactly("a", "b");
        assertThat(report.abandoned()).containsExactly("damaged");
    }

    @Test
    void shouldHoldAReleaseAgainstItsParentAndGoOnBesideIt() {
        // Given a lineage a, b, and a release of a that saw some of the same images
        CheckpointCommitted a = event("a", null, 1, ranges(0, 100), List.of(), 100);
        CheckpointCommitted b = event("b", "a", 2, ranges(100, 200), List.of(), 200);
        CheckpointCommitted release =
                Events.release(event("r", "a", 9, ranges(100, 170), List.of(), 170), "a");

        // Then it is no part of the lineage, whether or not it is the newest
        LineageAudit.Report between = LineageAudit.of(List.of(a, release, b));
        assertThat(between.problems()).isEmpty();
        assertThat(between.lineage()).containsExactly("a", "b");
        assertThat(between.releases()).containsExactly("r");
        assertThat(between.abandoned()).isEmpty();
        assertThat(LineageAudit.of(List.of(a, release)).lineage()).containsExactly("a");

        // And it must begin where its parent ended
        CheckpointCommitted late =
                Events.release(event("r", "a", 9, ranges(120, 170), List.of(), 170), "a");
        assertThat(problems(a, late, b))
                .containsExactly("r: images.prepared-0: offsets have a gap at 120, expected 100");
        assertThat(problems(b, Events.release(late, "lost")))
                .contains("r: its parent lost was never committed");
    }

    @Test
    void shouldNameAParentThatWasNeverCommittedAndAStepThatGoesBack() {
        assertThat(problems(event("b", "lost", 2, ranges(0, 10), List.of(), 10)))
                .containsExactly("b: its parent lost was never committed");
        assertThat(
                        problems(
                                event("a", null, 5, ranges(0, 10), List.of(), 10),
                                event("b", "a", 4, ranges(10, 20), List.of(), 20)))
                .containsExactly("b: step 4 lies before its parent's 5");
    }

    private static List<String> problems(CheckpointCommitted... events) {
        return LineageAudit.of(List.of(events)).problems();
    }

    private static List<OffsetRange> ranges(long from, long until) {
        return from == until
                ? List.of()
                : List.of(new OffsetRange("images.prepared", 0, from, until));
    }

    private static CheckpointCommitted event(
            String id,
            String parent,
            long step,
            List<OffsetRange> taken,
            List<OffsetRange> skipped,
            long next) {
        return CheckpointCommitted.newBuilder(Events.committed(id, step, next))
                .setParentId(parent)
                .setOffsetRanges(taken)
                .setSkippedRanges(skipped)
                .build();
    }
}
