package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Size and SHA-256 of a file that is not written. */
public final class FileDigest {

    private FileDigest() {}

    /** What a draft's entry would be if the content were written to it. */
    public static FileEntry of(String role, String name, FileContent content) throws IOException {
        try (HashingChannel hashing = new HashingChannel(new Nowhere(), () -> {})) {
            content.writeTo(hashing);
            return new FileEntry(role, name, hashing.size(), hashing.sha256Hex());
        }
    }

    /** Takes everything and keeps nothing. */
    private static final class Nowhere implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) {
            int all = bytes.remaining();
            bytes.position(bytes.limit());
            return all;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
