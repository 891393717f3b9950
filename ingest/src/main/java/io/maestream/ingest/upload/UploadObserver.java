package io.maestream.ingest.upload;

/** Told what becomes of uploads; called from the threads that answer them. */
public interface UploadObserver {

    /** Tells nobody. */
    UploadObserver NONE = new UploadObserver() {};

    /** So many images of one upload are acknowledged. */
    default void accepted(int images) {}

    /** An upload was not taken; the reason has nothing of its content. */
    default void refused(int status, String reason) {}

    /** A defect of ours. */
    default void failed(Exception cause) {}
}
