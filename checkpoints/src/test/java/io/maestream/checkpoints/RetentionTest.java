package io.maestream.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final RetentionPolicy KEEP_TWO = new RetentionPolicy(2, Duration.ofHours(1));

    @Test
    void shouldKeepTheNewestTheReleasesAndTheYoung() {
        List<Manifest> present =
                List.of(
                        manifest("a", 10, "TIME", 100),
                        manifest("b", 20, "RELEASE", 90),
                        manifest("c", 30, "TIME", 80),
                        manifest("d", 40, "TIME", 0),
                        manifest("e", 50, "TIME", 70),
                        manifest("f", 60, "TIME", 60),
                        manifest("orphan", 70, "TIME", 50),
                        manifest("young-orphan", 80, "TIME", 0));

        List<String> deleted =
                Retention.decide(present, Set.of("a", "b", "c", "d", "e", "f"), KEEP_TWO, NOW);

        assertThat(deleted).containsExactly("a", "c", "orphan");
    }

    @Test
    void shouldKeepAsManyOfTheLineageWhenReleasesAreNewer() {
        List<Manifest> present =
                List.of(
                        manifest("a", 10, "TIME", 100),
                        manifest("b", 20, "TIME", 90),
                        manifest("r", 90, "RELEASE", 80),
                        manifest("s", 95, "RELEASE", 70));

        assertThat(Retention.decide(present, Set.of("a", "b", "r", "s"), KEEP_TWO, NOW)).isEmpty();
    }

    @Property(tries = 200)
    void shouldNeverDeleteTheNewestCommittedOnes(
            @ForAll List<@IntRange(min = 0, max = 200) Integer> hoursOld,
            @ForAll @IntRange(min = 2, max = 10) int keep) {
        List<Manifest> present = new ArrayList<>();
        Set<String> committed = new TreeSet<>();
        for (int i = 0; i < hoursOld.size(); i++) {
            present.add(manifest("id-" + i, i, "TIME", hoursOld.get(i)));
            committed.add("id-" + i);
        }

        List<String> deleted =
                Retention.decide(
                        present, committed, new RetentionPolicy(keep, Duration.ofHours(1)), NOW);

        assertThat(deleted).hasSizeLessThanOrEqualTo(Math.max(0, present.size() - keep));
        for (int i = Math.max(0, present.size() - keep); i < present.size(); i++) {
            assertThat(deleted).doesNotContain("id-" + i);
        }
    }

    private static Manifest manifest(String id, long step, String trigger, int hoursOld) {
        return Manifests.of(
                id,
                step,
                trigger,
                NOW.minus(Duration.ofHours(hoursOld)).minusSeconds(1),
                List.of());
    }
}
