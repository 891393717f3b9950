package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Writes a file's bytes; called once. Each write to the channel takes the whole buffer. */
public interface FileContent {

    void writeTo(WritableByteChannel out) throws IOException;
}
