package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.SourceStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged images through the whole topology: no crash, no hang, bounded memory, and each accounted
 * for. {@code mvn -Pfuzz -pl ingest -am test -Dtest=MutatedImagesTest} takes many more.
 */
class MutatedImagesTest {

    private static final int CASES = Integer.getInteger("maestream.fuzz.cases", 1500);
    private static final long SEED = Long.getLong("maestream.fuzz.seed", 1);

    /** Of processor time: other work on the machine must not fail a build. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private static final long MOST_BYTES = 1500L << 20;
    private static final int PHOTOS = 12;

    @TempDir Path state;

    @Test
    void shouldAccountForEveryImageWhenAllAreDamaged() throws Exception {
        // Given
        Path photos = Path.of(System.getProperty("maestream.data", ""), "photos");
        Mutations mutations = new Mutations(SEED).with(photos, PHOTOS);
        ThreadMXBean times = ManagementFactory.getThreadMXBean();
        long before = peakBytes();
        long slowest = 0;
        int slowestCase = -1;
        try (PreparationDriver driver = new PreparationDriver(state)) {
            // When
            for (int i = 0; i < CASES; i++) {
                byte[] image = mutations.image(i);
                long began = times.getCurrentThreadCpuTime();
                driver.pipe(driver.image("source-" + i % 7, "image-" + i, image), 40L * i);
                long nanos = times.getCurrentThreadCpuTime() - began;
                if (nanos > slowest) {
                    slowest = nanos;
                    slowestCase = i;
                }
                if (i % 500 == 0) {
                    driver.rejected.readValuesToList();
                    driver.prepared.readValuesToList();
                }
            }
            Map<String, SourceStatus> counters = driver.counters();
            long grown = peakBytes() - before;

            // Then
            report(
                    counters,
                    "%d cases, seed %d, slowest %d with %.0f ms, memory %d MiB"
                            .formatted(CASES, SEED, slowestCase, slowest / 1e6, grown >> 20));
            assertThat(slowest).as("case %d took longest", slowestCase).isLessThan(PATIENCE_NANOS);
            assertThat(grown).isLessThan(MOST_BYTES);
            assertThat(counters.values().stream().mapToLong(SourceStatus::getReceived).sum())
                    .isEqualTo(CASES);
            assertThat(counters.values()).allSatisfy(MutatedImagesTest::assertAddsUp);
        }
    }

    /** The most memory that this process ever had, heap and native; 0 where Linux does not say. */
    private static long peakBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    private static void assertAddsUp(SourceStatus status) {
        long rejected = status.getRejected().values().stream().mapToLong(Long::longValue).sum();
        assertThat(
                        status.getPrepared()
                                + status.getDuplicates()
                                + status.getNearDuplicates()
                                + rejected)
                .isEqualTo(status.getReceived());
        assertThat(status.getRejected()).doesNotContainKey("UNKNOWN");
    }

    /** For whoever runs many: what became of them, beside the test's result. */
    private static void report(Map<String, SourceStatus> counters, String summary)
            throws IOException {
        StringBuilder text = new StringBuilder(summary).append('\n');
        counters.values().forEach(status -> text.append(status).append('\n'));
        Files.writeString(Path.of("target", "mutated-images.txt"), text);
    }
}
