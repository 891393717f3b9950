package io.maestream.checkpoints;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checkpoints as objects with a common prefix, the id. A checkpoint is there once its manifest is,
 * which is put last, in one request, and only if there is none; the rest counts for nothing before.
 */
public final class BucketStore implements CheckpointStore {

    private final ObjectBucket bucket;
    private final DownloadCache cache;
    private final PublishObserver observer;

    /**
     * @param cache directory for local copies, made if it is not there
     */
    public BucketStore(ObjectBucket bucket, Path cache) {
        this(bucket, cache, PublishObserver.NONE);
    }

    public BucketStore(ObjectBucket bucket, Path cache, PublishObserver observer) {
        this.bucket = bucket;
        this.cache = new DownloadCache(bucket, cache.toAbsolutePath().normalize());
        this.observer = observer;
    }

    @Override
    public CheckpointDraft begin(String checkpointId) throws IOException {
        Names.requireId(checkpointId);
        try {
            if (objects(checkpointId).stream().anyMatch(BucketStore::isManifest)) {
                throw new CheckpointException("there is a checkpoint " + checkpointId + " already");
            }
        } catch (StoreRefusedException | StoreUnreachableException e) {
            throw CheckpointException.because("cannot begin checkpoint " + checkpointId, e);
        }
        observer.at(PublishPoint.BEFORE_DRAFT);
        return new Draft(checkpointId, new BucketDraft(bucket, checkpointId), observer);
    }

    @Override
    public String location() {
        return bucket.location("").toString();
    }

    @Override
    public URI location(String checkpointId) {
        return bucket.location(Names.requireId(checkpointId) + "/");
    }

    /** A copy, downloaded when there is none of what the store holds now. */
    @Override
    public Path directory(String checkpointId) throws IOException {
        return cache.directory(Names.requireId(checkpointId), published(checkpointId));
    }

    @Override
    public Manifest manifest(String checkpointId) throws IOException {
        published(checkpointId);
        return ManifestJson.read(
                bucket.read(checkpointId + "/" + Manifest.FILE_NAME, Manifest.MAX_BYTES));
    }

    @Override
    public List<String> ids() throws IOException {
        return bucket.list("").stream()
                .filter(BucketStore::isManifest)
                .map(BucketStore::idOf)
                .sorted()
                .toList();
    }

    @Override
    public void delete(String checkpointId) throws IOException {
        List<String> keys =
                objects(Names.requireId(checkpointId)).stream()
                        .map(ObjectBucket.Entry::key)
                        .toList();
        String manifest = checkpointId + "/" + Manifest.FILE_NAME;
        if (keys.contains(manifest)) {
            // Gone for readers with this; they never see half of one.
            bucket.delete(List.of(manifest));
        }
        bucket.delete(keys.stream().filter(key -> !key.equals(manifest)).toList());
    }

    @Override
    public int sweepAbandoned(Instant untouchedSince) throws IOException {
        Map<String, List<ObjectBucket.Entry>> byId =
                bucket.list("").stream()
                        .filter(object -> Names.isId(idOf(object)))
                        .collect(Collectors.groupingBy(BucketStore::idOf));
        int swept = 0;
        for (List<ObjectBucket.Entry> objects : byId.values()) {
            if (isAbandoned(objects, untouchedSince)) {
                bucket.delete(objects.stream().map(ObjectBucket.Entry::key).toList());
                swept++;
            }
        }
        return swept + bucket.abortUploads(untouchedSince);
    }

    private static boolean isAbandoned(List<ObjectBucket.Entry> objects, Instant since) {
        Instant touched =
                objects.stream()
                        .map(ObjectBucket.Entry::modified)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return objects.stream().noneMatch(BucketStore::isManifest) && touched.isBefore(since);
    }

    private List<ObjectBucket.Entry> published(String checkpointId) throws IOException {
        List<ObjectBucket.Entry> objects = objects(Names.requireId(checkpointId));
        if (objects.stream().noneMatch(BucketStore::isManifest)) {
            throw new CheckpointException(
                    "there is no checkpoint %s in %s".formatted(checkpointId, location()));
        }
        return objects;
    }

    private List<ObjectBucket.Entry> objects(String checkpointId) throws IOException {
        return bucket.list(checkpointId + "/");
    }

    static boolean isManifest(ObjectBucket.Entry object) {
        return Names.isId(idOf(object))
                && object.key().equals(idOf(object) + "/" + Manifest.FILE_NAME);
    }

    /** What stands before the first slash. */
    private static String idOf(ObjectBucket.Entry object) {
        int slash = object.key().indexOf('/');
        return slash < 0 ? "" : object.key().substring(0, slash);
    }
}
