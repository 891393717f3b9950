package io.maestream.checkpoints;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;

/**
 * A draft's files as objects under their final keys. They count for nothing before the manifest is
 * there, which is put last and only if there is none.
 */
final class BucketDraft implements DraftFiles {

    private final ObjectBucket bucket;
    private final String id;

    BucketDraft(ObjectBucket bucket, String id) {
        this.bucket = bucket;
        this.id = id;
    }

    @Override
    public URI location() {
        return bucket.location(id + "/");
    }

    @Override
    public void write(String name, FileContent content) throws IOException {
        bucket.write(id + "/" + name, content);
    }

    @Override
    public void publish(FileContent manifest, PublishObserver observer) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        manifest.writeTo(Channels.newChannel(json));
        observer.at(PublishPoint.BEFORE_RENAME);
        bucket.create(id + "/" + Manifest.FILE_NAME, json.toByteArray());
    }

    /** Leaves a checkpoint alone that another one published under this id meanwhile. */
    @Override
    public void close() throws IOException {
        var objects = bucket.list(id + "/");
        if (objects.stream().noneMatch(BucketStore::isManifest)) {
            bucket.delete(objects.stream().map(ObjectBucket.Entry::key).toList());
        }
    }
}
