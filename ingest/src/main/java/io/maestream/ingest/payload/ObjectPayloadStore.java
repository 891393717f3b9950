package io.maestream.ingest.payload;

import io.maestream.schemas.PayloadReference;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Payloads as objects, named by their digest: {@code ab/abcdef…}. Whoever writes one that is there
 * already writes the same bytes, and makes it young again. Readers find an object by the
 * reference's digest below their own prefix, never by its location.
 */
public final class ObjectPayloadStore implements PayloadStore {

    private final PayloadObjects objects;
    private final String scheme;
    private final int maxBytes;

    /**
     * @param maxBytes larger payloads are not read
     */
    public ObjectPayloadStore(PayloadObjects objects, int maxBytes) {
        this.objects = objects;
        this.scheme = objects.location("").getScheme();
        this.maxBytes = maxBytes;
    }

    @Override
    public PayloadReference write(byte[] bytes, String sha256) throws IOException {
        String key = PayloadKeys.of(sha256);
        objects.put(key, bytes);
        return new PayloadReference(objects.location(key).toString(), sha256, (long) bytes.length);
    }

    @Override
    public byte[] read(PayloadReference reference) throws BadPayloadException, IOException {
        PayloadKeys.check(reference, scheme, maxBytes);
        String key = PayloadKeys.of(reference.getSha256());
        byte[] bytes = objects.get(key, reference.getSize());
        return PayloadKeys.verified(bytes, reference, objects.location(key));
    }

    @Override
    public int sweep(Instant olderThan) throws IOException {
        List<String> old =
                objects.list().stream()
                        .filter(entry -> PayloadKeys.isKey(entry.key()))
                        .filter(entry -> entry.modified().isBefore(olderThan))
                        .map(PayloadObjects.Entry::key)
                        .toList();
        objects.delete(old);
        return old.size() + objects.abandon(olderThan);
    }
}
