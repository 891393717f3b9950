package io.maestream.trainer.command;

import java.time.Duration;
import java.util.List;

/** Where requests come from. */
public interface Requests extends AutoCloseable {

    /** What came since the last call, in order; waits at most this long for something. */
    List<Request> poll(Duration patience);

    @Override
    void close();
}
