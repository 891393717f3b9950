package io.maestream.trainer.feed;

/** A record as it came from the log: where it lies, and its bytes not yet parsed. */
public record StreamRecord(RecordRef ref, byte[] value) {}
