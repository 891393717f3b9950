package io.maestream.checkpoints.s3;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.FileContent;
import io.maestream.checkpoints.ObjectBucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A prefix of a bucket of an S3-compatible object store. */
public final class S3Bucket implements ObjectBucket, AutoCloseable {

    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int KEYS_A_REQUEST = 1000;

    private final S3Client client;
    private final S3Location place;
    private final S3Errors errors;

    /** The prefix that a location names. */
    public static S3Bucket open(S3Location place, S3Settings settings) {
        return new S3Bucket(S3Clients.open(settings), place, settings.group());
    }

    S3Bucket(S3Client client, S3Location place, String group) {
        this.client = client;
        this.place = place;
        this.errors = new S3Errors(place, group);
    }

    @Override
    public URI location(String key) {
        return URI.create(place + key);
    }

    @Override
    public List<Entry> list(String prefix) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        errors.run(
                "list " + prefix,
                () ->
                        client.listObjectsV2Paginator(
                                        r -> r.bucket(place.bucket()).prefix(place.key(prefix)))
                                .contents()
                                .forEach(
                                        object -> {
                                            String key = place.relative(object.key());
                                            entries.put(
                                                    key,
                                                    new Entry(
                                                            key,
                                                            object.size(),
                                                            object.eTag(),
                                                            object.lastModified()));
                                        }));
        return List.copyOf(entries.values());
    }

    @Override
    public byte[] read(String key, long maxBytes) throws IOException {
        return errors.call(
                "read " + key,
                () -> {
                    try (ResponseInputStream<GetObjectResponse> in =
                            client.getObject(r -> r.bucket(place.bucket()).key(place.key(key)))) {
                        long size = in.response().contentLength();
                        if (size > maxBytes) {
                            in.abort();
                            throw new CheckpointException(
                                    "%s has %d bytes, the limit is %d"
                                            .formatted(location(key), size, maxBytes));
                        }
                        return in.readAllBytes();
                    } catch (NoSuchKeyException e) {
                        throw new CheckpointException("there is no " + location(key), e);
                    }
                });
    }

    @Override
    public void download(String key, Path file) throws IOException {
        errors.call(
                "download " + key,
                () -> client.getObject(r -> r.bucket(place.bucket()).key(place.key(key)), file));
    }

    @Override
    public void write(String key, FileContent content) throws IOException {
        S3Upload upload = new S3Upload(client, place, key);
        try {
            errors.run(
                    "write " + key,
                    () -> {
                        content.writeTo(upload);
                        upload.complete();
                    });
        } catch (IOException | RuntimeException e) {
            giveUp(upload, e);
            throw e;
        }
    }

    @Override
    public void create(String key, byte[] content) throws IOException {
        errors.run(
                "write " + key,
                () -> {
                    try {
                        client.putObject(
                                r -> r.bucket(place.bucket()).key(place.key(key)).ifNoneMatch("*"),
                                RequestBody.fromBytes(content));
                    } catch (S3Exception e) {
                        refuseSecond(key, content, e);
                    }
                });
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        List<ObjectIdentifier> all =
                keys.stream()
                        .map(key -> ObjectIdentifier.builder().key(place.key(key)).build())
                        .toList();
        for (int from = 0; from < all.size(); from += KEYS_A_REQUEST) {
            List<ObjectIdentifier> some =
                    all.subList(from, Math.min(all.size(), from + KEYS_A_REQUEST));
            errors.run(
                    "delete " + keys.size() + " objects",
                    () ->
                            client.deleteObjects(
                                    r ->
                                            r.bucket(place.bucket())
                                                    .delete(d -> d.objects(some).quiet(true))));
        }
    }

    @Override
    public int abortUploads(Instant begunBefore) throws IOException {
        List<MultipartUpload> abandoned = new ArrayList<>();
        errors.run(
                "list uploads",
                () ->
                        client
                                .listMultipartUploadsPaginator(
                                        r -> r.bucket(place.bucket()).prefix(place.key("")))
                                .uploads()
                                .stream()
                                .filter(upload -> upload.initiated().isBefore(begunBefore))
                                .sorted(Comparator.comparing(MultipartUpload::key))
                                .forEach(abandoned::add));
        for (MultipartUpload upload : abandoned) {
            errors.run(
                    "abort an upload",
                    () ->
                            client.abortMultipartUpload(
                                    r ->
                                            r.bucket(place.bucket())
                                                    .key(upload.key())
                                                    .uploadId(upload.uploadId())));
        }
        return abandoned.size();
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * A request that was answered too late is sent again, and then finds its own object: that is no
     * second writer.
     */
    private void refuseSecond(String key, byte[] content, S3Exception e) throws IOException {
        if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
            throw e;
        }
        ResponseBytes<GetObjectResponse> there =
                client.getObjectAsBytes(r -> r.bucket(place.bucket()).key(place.key(key)));
        if (!Arrays.equals(there.asByteArrayUnsafe(), content)) {
            throw new CheckpointException("there is a " + location(key) + " already", e);
        }
    }

    private static void giveUp(S3Upload upload, Exception because) {
        try {
            upload.abort();
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }
}
