package io.maestream.checkpoints;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which checkpoints may go. */
public final class Retention {

    /** The trigger of a checkpoint that is kept for good. */
    public static final String RELEASE = "RELEASE";

    private Retention() {}

    /**
     * Ids to delete: neither among the newest committed ones, nor a release, nor younger than the
     * grace time. Releases do not count among the newest, since no run goes on from them. A
     * checkpoint that no event has committed is an orphan and goes after the grace time.
     *
     * @param present manifests of the run's checkpoints in the store
     * @param committed ids that events have committed
     */
    public static List<String> decide(
            List<Manifest> present, Set<String> committed, RetentionPolicy policy, Instant now) {
        Set<String> newest =
                present.stream()
                        .filter(manifest -> committed.contains(manifest.checkpointId()))
                        .filter(manifest -> !RELEASE.equals(manifest.triggerKind()))
                        .sorted(
                                Comparator.comparingLong(Manifest::step)
                                        .thenComparing(Manifest::createdAt)
                                        .reversed())
                        .limit(policy.keepLast())
                        .map(Manifest::checkpointId)
                        .collect(Collectors.toSet());
        return present.stream()
                .filter(manifest -> !newest.contains(manifest.checkpointId()))
                .filter(manifest -> !isKeptRelease(manifest, committed))
                .filter(manifest -> manifest.createdAt().plus(policy.grace()).isBefore(now))
                .map(Manifest::checkpointId)
                .sorted()
                .toList();
    }

    private static boolean isKeptRelease(Manifest manifest, Set<String> committed) {
        return RELEASE.equals(manifest.triggerKind())
                && committed.contains(manifest.checkpointId());
    }
}
