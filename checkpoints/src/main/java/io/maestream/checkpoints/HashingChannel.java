package io.maestream.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Counts and hashes (SHA-256) what passes to another channel. Every call writes all of its buffer,
 * a piece at a time: the JDK copies what a call writes from a heap buffer into native memory, as a
 * whole.
 */
final class HashingChannel implements WritableByteChannel {

    private static final int PIECE_BYTES = 1 << 20;

    private final WritableByteChannel out;
    private final MessageDigest digest = sha256();
    private final Runnable afterFirstPiece;
    private long size;

    /**
     * @param afterFirstPiece called once, when the first piece is written
     */
    HashingChannel(WritableByteChannel out, Runnable afterFirstPiece) {
        this.out = out;
        this.afterFirstPiece = afterFirstPiece;
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
        int all = bytes.remaining();
        while (bytes.hasRemaining()) {
            int length = Math.min(PIECE_BYTES, bytes.remaining());
            ByteBuffer piece = bytes.slice(bytes.position(), length);
            digest.update(piece.duplicate());
            while (piece.hasRemaining()) {
                out.write(piece);
            }
            bytes.position(bytes.position() + length);
            boolean first = size == 0;
            size += length;
            if (first) {
                afterFirstPiece.run();
            }
        }
        return all;
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
