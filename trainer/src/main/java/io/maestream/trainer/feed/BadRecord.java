package io.maestream.trainer.feed;

import java.util.function.Consumer;

/**
 * A record that could not be trained on.
 *
 * @param ref where it lies
 * @param reason what is wrong with it, for a person
 * @param size bytes of its value
 */
public record BadRecord(RecordRef ref, String reason, long size) {

    /** Told about every bad record; must not block. Called on a decoding thread. */
    public interface Sink extends Consumer<BadRecord> {}
}
