package io.maestream.app.status;

import java.util.List;
import java.util.Optional;

/**
 * A run's trainers, as their group has them.
 *
 * @param active client and host of the one that has the partitions
 * @param standbys the others
 * @param lags of every partition, in order
 */
public record GroupStatus(Optional<String> active, List<String> standbys, List<PartitionLag> lags) {
    /** Copies the lists. */
    public GroupStatus {
        standbys = List.copyOf(standbys);
        lags = List.copyOf(lags);
    }

    /** A group that nobody is in and that never committed. */
    public static GroupStatus none() {
        return new GroupStatus(Optional.empty(), List.of(), List.of());
    }

    /** Whether any trainer is there. */
    public boolean hasMembers() {
        return active.isPresent() || !standbys.isEmpty();
    }
}
