package io.maestream.trainer.group;

import java.util.Optional;

/** The name of a run's consumer group, by which others find its trainers. */
public final class GroupIds {

    private static final String PREFIX = "maestream-trainer-";

    private GroupIds() {}

    /** The group of a run. */
    public static String of(String runId) {
        return PREFIX + runId;
    }

    /** The run whose trainers form this group; empty for other groups. */
    public static Optional<String> runOf(String groupId) {
        return groupId.startsWith(PREFIX)
                ? Optional.of(groupId.substring(PREFIX.length()))
                : Optional.empty();
    }
}
