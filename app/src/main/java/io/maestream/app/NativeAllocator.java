package io.maestream.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the C library's allocator was told before this process began. Without it glibc gives memory
 * back and takes it again at every operation of a train step, which costs a tenth to a third of the
 * speed; only the environment of a new process can say so.
 */
public final class NativeAllocator {
    private static final List<String> VARIABLES =
            List.of(
                    "MALLOC_ARENA_MAX",
                    "MALLOC_MMAP_THRESHOLD_",
                    "MALLOC_TRIM_THRESHOLD_",
                    "MALLOC_TOP_PAD_");

    private NativeAllocator() {}

    /** A line for a person if settings are missing on a system that would heed them. */
    public static Optional<String> note(String operatingSystem, Map<String, String> environment) {
        List<String> missing =
                VARIABLES.stream().filter(name -> !environment.containsKey(name)).toList();
        if (!operatingSystem.startsWith("Linux") || missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "Note: %s not set, training on a CPU is slower; start with the launcher maestream"
                        .formatted(String.join(", ", missing)));
    }
}
