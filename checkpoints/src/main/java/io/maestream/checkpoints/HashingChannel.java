package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes (SHA-256) what passes to another channel. */
final class HashingChannel implements WritableByteChannel {

    private final WritableByteChannel out;
    private final MessageDigest digest = sha256();
    private long size;

    HashingChannel(WritableByteChannel out) {
        this.out = out;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        ByteBuffer seen = bytes.duplicate();
        int written = out.write(bytes);
        seen.limit(seen.position() + written);
        digest.update(seen);
        size += written;
        return written;
    }

    long size() {
        return size;
    }

    /** The digest of all that passed; ends the hashing. */
    String sha256Hex() {
        return hex(digest);
    }

    @Override
    public boolean isOpen() {
        return out.isOpen();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
