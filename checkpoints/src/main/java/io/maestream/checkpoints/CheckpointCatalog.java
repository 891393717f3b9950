package io.maestream.checkpoints;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Which checkpoints there are, and how they go. */
public interface CheckpointCatalog {

    /** Ids of all published checkpoints, sorted; what else lies in the store is passed over. */
    List<String> ids() throws IOException;

    /** Deletes a checkpoint, gone for readers at once; does nothing if there is none. */
    void delete(String checkpointId) throws IOException;

    /** Deletes drafts none of whose files anybody has touched since then; returns how many. */
    int sweepAbandoned(Instant untouchedSince) throws IOException;
}
