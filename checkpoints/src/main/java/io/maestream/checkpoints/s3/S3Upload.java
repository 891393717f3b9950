package io.maestream.checkpoints.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object on its way: in one request if it is small, else in parts, each with a checksum that
 * the server compares. Nothing is visible before {@link #complete()}.
 */
final class S3Upload implements WritableByteChannel {

    /** The service takes parts from 5 MiB up, and ten thousand of them. */
    static final int PART_BYTES = 16 << 20;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] part = new byte[1 << 16];
    private int filled;
    private String uploadId;

    S3Upload(S3Client client, S3Location place, String key) {
        this.client = client;
        this.bucket = place.bucket();
        this.key = place.key(key);
    }

    @Override
    public int write(ByteBuffer bytes) {
        int all = bytes.remaining();
        while (bytes.hasRemaining()) {
            if (filled == PART_BYTES) {
                sendPart();
            }
            int length = Math.min(bytes.remaining(), PART_BYTES - filled);
            makeRoom(filled + length);
            bytes.get(part, filled, length);
            filled += length;
        }
        return all;
    }

    void complete() {
        if (uploadId == null) {
            client.putObject(
                    r -> r.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.CRC32),
                    body());
            return;
        }
        if (filled > 0) {
            sendPart();
        }
        client.completeMultipartUpload(
                r ->
                        r.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .multipartUpload(m -> m.parts(parts)));
    }

    /** Leaves nothing behind; does nothing if no part was sent. */
    void abort() {
        if (uploadId != null) {
            client.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(uploadId));
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Completing and aborting are told, closing is not.
    }

    private void sendPart() {
        if (uploadId == null) {
            uploadId =
                    client.createMultipartUpload(
                                    r ->
                                            r.bucket(bucket)
                                                    .key(key)
                                                    .checksumAlgorithm(ChecksumAlgorithm.CRC32))
                            .uploadId();
        }
        int number = parts.size() + 1;
        var sent =
                client.uploadPart(
                        r ->
                                r.bucket(bucket)
                                        .key(key)
                                        .uploadId(uploadId)
                                        .partNumber(number)
                                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                        body());
        parts.add(
                CompletedPart.builder()
                        .partNumber(number)
                        .eTag(sent.eTag())
                        .checksumCRC32(sent.checksumCRC32())
                        .build());
        filled = 0;
    }

    /** Can be read again by a retry. */
    private RequestBody body() {
        int length = filled;
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(part, 0, length),
                length,
                "application/octet-stream");
    }

    private void makeRoom(int needed) {
        if (needed > part.length) {
            int larger = Math.min(PART_BYTES, Math.max(needed, part.length * 4));
            part = Arrays.copyOf(part, larger);
        }
    }
}
