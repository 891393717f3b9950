package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Writes a file's bytes; called once. */
public interface FileContent {

    void writeTo(WritableByteChannel out) throws IOException;
}
