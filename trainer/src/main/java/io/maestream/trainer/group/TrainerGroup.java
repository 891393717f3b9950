package io.maestream.trainer.group;

/** The names by which the brokers know a run's trainers. */
public final class TrainerGroup {

    private static final int MAX_HOST = 64;

    private TrainerGroup() {}

    /** The consumer group of a run's trainers. */
    public static String id(String runId) {
        return "maestream-trainer-" + runId;
    }

    /** What this process calls itself in its group: its machine and its number there. */
    public static String memberName() {
        String host = System.getenv().getOrDefault("HOSTNAME", "trainer");
        String safe = host.replaceAll("[^A-Za-z0-9._-]", "-");
        String bounded = safe.length() <= MAX_HOST ? safe : safe.substring(0, MAX_HOST);
        return bounded + "-" + ProcessHandle.current().pid();
    }
}
