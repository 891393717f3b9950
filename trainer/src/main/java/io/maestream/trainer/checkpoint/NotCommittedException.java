package io.maestream.trainer.checkpoint;

/**
 * The broker did not take a commit this time (a rebalance, or it was away): nothing was published,
 * and it can be tried again.
 */
public final class NotCommittedException extends RuntimeException {

    public NotCommittedException(Throwable cause) {
        super("not committed: " + cause.getMessage(), cause);
    }
}
