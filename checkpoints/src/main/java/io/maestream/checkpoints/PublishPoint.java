package io.maestream.checkpoints;

/** The moments between which a crash leaves a checkpoint in different states. */
public enum PublishPoint {
    /** Nothing is written. */
    BEFORE_DRAFT,
    /** A file is written in part. */
    MID_WRITE,
    /** All files are written, the manifest is not. */
    BEFORE_MANIFEST,
    /** The draft is complete, but hidden. */
    BEFORE_RENAME,
    /** The checkpoint is visible. */
    AFTER_RENAME
}
