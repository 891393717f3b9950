package io.maestream.app.rejected;

import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which rejected images are meant.
 *
 * @param reasons any of these; all if there are none
 * @param source of this source
 * @param since rejected at this time or later
 */
public record RejectedFilter(
        Set<RejectionReason> reasons, Optional<String> source, Optional<Instant> since)
        implements Predicate<RejectedImage> {

    /** Takes its own copy of the reasons. */
    public RejectedFilter {
        reasons = Set.copyOf(reasons);
    }

    @Override
    public boolean test(RejectedImage image) {
        return (reasons.isEmpty() || reasons.contains(image.getReason()))
                && (source.isEmpty() || source.get().equals(image.getSourceId()))
                && (since.isEmpty() || !image.getRejectedAt().isBefore(since.get()));
    }

    /** Whether every image is meant. */
    public boolean isEmpty() {
        return reasons.isEmpty() && source.isEmpty() && since.isEmpty();
    }
}
