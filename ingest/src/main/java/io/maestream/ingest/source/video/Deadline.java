package io.maestream.ingest.source.video;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Until when FFmpeg may block; it asks while it waits for a network. The time lies in native
 * memory, since the callback is one for all streams and knows a stream only by that address.
 */
final class Deadline implements AutoCloseable {

    static final Callback CALLBACK = new Callback();

    private static final int DUE = 0;
    private static final int INTERRUPTED = 1;

    private final LongPointer state = new LongPointer(2);

    /** Holds no state of its own, and is never freed: native code may call it at any time. */
    static final class Callback extends AVIOInterruptCB.Callback_Pointer {

        @Override
        public int call(Pointer opaque) {
            LongPointer state = new LongPointer(opaque);
            return state.get(INTERRUPTED) != 0 || state.get(DUE) - System.nanoTime() < 0 ? 1 : 0;
        }
    }

    Deadline(Duration first) {
        state.put(INTERRUPTED, 0);
        in(first);
    }

    /** Begins to count anew. */
    void in(Duration time) {
        state.put(DUE, System.nanoTime() + time.toNanos());
    }

    void interrupt() {
        state.put(INTERRUPTED, 1);
    }

    boolean isInterrupted() {
        return state.get(INTERRUPTED) != 0;
    }

    boolean hasPassed() {
        return state.get(DUE) - System.nanoTime() < 0;
    }

    Pointer pointer() {
        return state;
    }

    @Override
    public void close() {
        state.close();
    }
}
