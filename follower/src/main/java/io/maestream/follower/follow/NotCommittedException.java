package io.maestream.follower.follow;

/** Nothing was committed this time. */
final class NotCommittedException extends Exception {

    NotCommittedException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
