package io.maestream.ingest.source.video;

import java.io.IOException;
import java.util.OptionalLong;

/** Frames of one connection or file; one thread reads, any thread may interrupt. */
interface FrameStream extends AutoCloseable {

    /**
     * Goes to the next frame.
     *
     * @return false at the end
     * @throws IOException if the stream breaks, stalls or was interrupted
     */
    boolean next() throws IOException;

    /** Time of the frame within the stream, in microseconds; empty if the stream tells none. */
    OptionalLong micros();

    /**
     * The frame as a JPEG file.
     *
     * @throws IOException if it cannot be decoded or encoded
     */
    byte[] jpeg() throws IOException;

    /** Makes a call under way, and every later one, fail soon. */
    void interrupt();

    /** Frees it; not while a call is under way. */
    @Override
    void close();

    /** Makes a stream that can be interrupted before it is connected. */
    @FunctionalInterface
    interface Opener {

        /** A stream that connects with the first call of {@link FrameStream#next()}. */
        FrameStream open();
    }
}
