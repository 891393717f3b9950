package io.maestream.ingest.source.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SettledFilesTest {

    @Property(tries = 200)
    void shouldSettleOnlyWhenNothingHasChangedForLongEnough(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 2) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 5) int settleSeconds) {
        // Given a file whose size is looked at each second
        SettledFiles files = new SettledFiles(Duration.ofSeconds(settleSeconds));
        int unchanged = 0;

        for (int second = 0; second < sizes.size(); second++) {
            boolean same = second > 0 && sizes.get(second).equals(sizes.get(second - 1));
            unchanged = same ? unchanged + 1 : 0;

            // When
            var settled =
                    files.update(
                            Map.of("f", new FileStamp(sizes.get(second), 0)),
                            Instant.ofEpochSecond(second));

            // Then
            assertThat(settled).hasSize(unchanged >= settleSeconds ? 1 : 0);
        }
    }
}
