package io.maestream.app.config;

import java.util.Set;

/** Variables with a meaning that is not a setting. */
final class ReservedKeys {
    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("MAESTREAM_JVM_OPTS", "MAESTREAM_HOME");

    private ReservedKeys() {}

    /** Whether an environment variable speaks to the launcher script and sets no key. */
    static boolean isForLauncher(String variable) {
        return LAUNCHER_VARIABLES.contains(variable);
    }
}
