package io.maestream.checkpoints;

/** Told when a checkpoint being written passes a point; fault tests stop the process there. */
public interface PublishObserver {

    /** Does nothing. */
    PublishObserver NONE = point -> {};

    void at(PublishPoint point);
}
