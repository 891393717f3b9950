package io.maestream.checkpoints;

/** The moments between which a crash leaves a checkpoint in different states. */
public enum PublishPoint {
    /** Nothing is written. */
    BEFORE_DRAFT,
    /** At most the first MiB of a file is written; reported for every file that is not empty. */
    MID_WRITE,
    /** All files are written, the manifest is not. */
    BEFORE_MANIFEST,
    /** The draft is complete, but hidden. */
    BEFORE_RENAME,
    /** The checkpoint is visible. */
    AFTER_RENAME
}
