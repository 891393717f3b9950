package io.maestream.trainer.feed;

import java.util.Map;

/** Told what comes out of the log, before it is trained on. Called on the training thread. */
public interface StreamWatcher {

    /** Nobody looks. */
    StreamWatcher NONE = new StreamWatcher() {};

    /** A record was polled; a null source is a record without a key. */
    default void arrived(String sourceId, StreamRecord record) {}

    /** Records of each partition that wait in the log; told about once a second. */
    default void waiting(Map<PartitionId, Long> records) {}
}
