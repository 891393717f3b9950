package io.maestream.trainer.checkpoint;

/** Another trainer of the same run has taken over; this one must stop and has published nothing. */
public final class FencedException extends RuntimeException {

    public FencedException(String runId, Throwable cause) {
        super(
                "another trainer has taken over run '%s'; this one stops without publishing"
                        .formatted(runId),
                cause);
    }
}
