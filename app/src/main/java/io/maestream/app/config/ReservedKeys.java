package io.maestream.app.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys and variables with a meaning that is not a setting of this version. */
final class ReservedKeys {
    private static final Map<String, String> NOT_YET =
            Map.of(
                    "schema.registry.url",
                    "a schema registry is not supported yet; records carry Avro single-object"
                            + " encoding, which needs none. Remove the key");

    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("MAESTREAM_JVM_OPTS", "MAESTREAM_HOME");

    private ReservedKeys() {}

    /** Why a reserved key cannot be set, and what to do. */
    static Optional<String> remark(String key) {
        return Optional.ofNullable(NOT_YET.get(key));
    }

    /** Whether an environment variable speaks to the launcher script and sets no key. */
    static boolean isForLauncher(String variable) {
        return LAUNCHER_VARIABLES.contains(variable);
    }
}
