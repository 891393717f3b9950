package io.maestream.trainer.group;

/** Partitions of this trainer went to another member: what it holds must not be committed. */
public final class OwnershipLostException extends RuntimeException {

    public OwnershipLostException(String message) {
        super(message);
    }
}
