package io.maestream.trainer.group;

import java.util.Optional;

/** The names by which the brokers know a run's trainers. */
public final class TrainerGroup {

    private static final String PREFIX = "maestream-trainer-";
    private static final int MAX_HOST = 64;

    private TrainerGroup() {}

    /** The consumer group of a run's trainers. */
    public static String id(String runId) {
        return PREFIX + runId;
    }

    /** The run whose trainers form this group; empty for other groups. */
    public static Optional<String> runOf(String groupId) {
        return groupId.startsWith(PREFIX)
                ? Optional.of(groupId.substring(PREFIX.length()))
                : Optional.empty();
    }

    /** What this process calls itself in its group: its machine and its number there. */
    public static String memberName() {
        String host = System.getenv().getOrDefault("HOSTNAME", "trainer");
        String safe = host.replaceAll("[^A-Za-z0-9._-]", "-");
        String bounded = safe.length() <= MAX_HOST ? safe : safe.substring(0, MAX_HOST);
        return bounded + "-" + ProcessHandle.current().pid();
    }
}
