package io.maestream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeAllocatorTest {
    @Test
    void shouldNameWhatIsMissingOnLinuxOnly() {
        Map<String, String> some =
                Map.of("MALLOC_ARENA_MAX", "1", "MALLOC_MMAP_THRESHOLD_", "4294967295");

        assertThat(NativeAllocator.note("Linux", some))
                .hasValueSatisfying(
                        note ->
                                assertThat(note)
                                        .contains("MALLOC_TRIM_THRESHOLD_, MALLOC_TOP_PAD_")
                                        .contains("launcher"));
        assertThat(NativeAllocator.note("Mac OS X", some)).isEmpty();
    }

    @Test
    void shouldSayNothingWhenAllIsSet() {
        Map<String, String> all =
                Map.of(
                        "MALLOC_ARENA_MAX", "1",
                        "MALLOC_MMAP_THRESHOLD_", "1",
                        "MALLOC_TRIM_THRESHOLD_", "1",
                        "MALLOC_TOP_PAD_", "1");

        assertThat(NativeAllocator.note("Linux", all)).isEmpty();
    }
}
