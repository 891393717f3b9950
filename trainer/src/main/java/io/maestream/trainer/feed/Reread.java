package io.maestream.trainer.feed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A feed's records, read again from the log.
 *
 * @param buffer the shuffle buffer's, in its order
 * @param memory the replay memory's, in its order
 */
public record Reread(List<StreamRecord> buffer, List<StreamRecord> memory) {

    /** Nothing was buffered or remembered. */
    public static final Reread NONE = new Reread(List.of(), List.of());

    /** What the state refers to and the log no longer holds. */
    public List<RecordRef> missing(FeedState state) {
        Set<RecordRef> found = new HashSet<>();
        Stream.concat(buffer.stream(), memory.stream()).forEach(kept -> found.add(kept.ref()));
        List<RecordRef> missing = new ArrayList<>(state.references());
        missing.removeIf(found::contains);
        return missing;
    }
}
