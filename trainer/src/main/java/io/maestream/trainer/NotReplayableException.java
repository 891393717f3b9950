package io.maestream.trainer;

/** A checkpoint cannot be trained again; the message says why. */
public final class NotReplayableException extends RuntimeException {

    public NotReplayableException(String checkpointId, String why) {
        super("checkpoint %s cannot be replayed: %s".formatted(checkpointId, why));
    }
}
