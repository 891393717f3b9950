package io.maestream.ingest.prepare;

import io.maestream.ingest.prepare.Passage.Dropped;
import io.maestream.ingest.prepare.Passage.Outcome;
import io.maestream.ingest.prepare.Passage.Ready;
import io.maestream.ingest.prepare.Passage.Refused;
import io.maestream.schemas.SourceStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Adds outcomes up: what came in is always the sum of what came out. */
final class SourceCounter {

    private SourceCounter() {}

    /** The counters after one more outcome; {@code before} is null for a source's first. */
    static SourceStatus after(SourceStatus before, Outcome outcome, Instant time) {
        SourceStatus.Builder status =
                before == null ? first(outcome.sourceId(), time) : SourceStatus.newBuilder(before);
        status.setReceived(status.getReceived() + 1);
        status.setBytes(status.getBytes() + outcome.bytes());
        if (time.isAfter(status.getLastSeenAt())) {
            status.setLastSeenAt(time);
        }
        count(status, outcome);
        return status.build();
    }

    private static void count(SourceStatus.Builder status, Outcome outcome) {
        if (outcome instanceof Ready ready) {
            status.setPrepared(status.getPrepared() + 1);
            status.setPreparedBytes(
                    status.getPreparedBytes() + ready.image().getPayload().remaining());
        } else if (outcome instanceof Refused refused) {
            Map<String, Long> rejected = new HashMap<>(status.getRejected());
            rejected.merge(refused.image().getReason().name(), 1L, Long::sum);
            status.setRejected(rejected);
        } else if (outcome instanceof Dropped dropped && dropped.exact()) {
            status.setDuplicates(status.getDuplicates() + 1);
        } else {
            status.setNearDuplicates(status.getNearDuplicates() + 1);
        }
    }

    private static SourceStatus.Builder first(String sourceId, Instant time) {
        return SourceStatus.newBuilder()
                .setSourceId(sourceId)
                .setReceived(0)
                .setPrepared(0)
                .setRejected(Map.of())
                .setDuplicates(0)
                .setNearDuplicates(0)
                .setBytes(0)
                .setPreparedBytes(0)
                .setFirstSeenAt(time)
                .setLastSeenAt(time)
                .setUpdatedAt(time);
    }
}
