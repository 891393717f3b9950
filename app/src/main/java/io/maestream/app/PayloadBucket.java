package io.maestream.app;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.ObjectBucket;
import io.maestream.ingest.payload.BadPayloadException;
import io.maestream.ingest.payload.BadPayloadException.Reason;
import io.maestream.ingest.payload.PayloadObjects;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Lets payloads of images lie in the kind of bucket that checkpoints lie in. */
final class PayloadBucket implements PayloadObjects {

    private final ObjectBucket bucket;

    PayloadBucket(ObjectBucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public URI location(String key) {
        return bucket.location(key);
    }

    @Override
    public void put(String key, byte[] content) throws IOException {
        bucket.write(key, out -> out.write(ByteBuffer.wrap(content)));
    }

    @Override
    public byte[] get(String key, long maxBytes) throws BadPayloadException, IOException {
        try {
            return bucket.read(key, maxBytes);
        } catch (CheckpointException e) {
            throw isThere(key)
                    ? new BadPayloadException(
                            Reason.DAMAGED,
                            "the stored image %s is larger than what was published; publish it again"
                                    .formatted(location(key)))
                    : new BadPayloadException(
                            Reason.MISSING,
                            "there is no %s; its time has passed, or publishers write to another payload.dir"
                                    .formatted(location(key)));
        }
    }

    @Override
    public List<Entry> list() throws IOException {
        return bucket.list("").stream()
                .map(object -> new Entry(object.key(), object.modified()))
                .toList();
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        bucket.delete(keys);
    }

    @Override
    public int abandon(Instant begunBefore) throws IOException {
        return bucket.abortUploads(begunBefore);
    }

    private boolean isThere(String key) throws IOException {
        return bucket.list(key).stream().anyMatch(object -> object.key().equals(key));
    }
}
