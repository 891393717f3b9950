package io.maestream.app;

import io.maestream.checkpoints.BucketStore;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.PublishObserver;
import io.maestream.checkpoints.s3.S3Bucket;
import io.maestream.checkpoints.s3.S3Location;
import java.nio.file.Path;

/** Opens the store that a location names; the only place that knows all kinds. */
public final class Stores {
    private Stores() {}

    /** The store for the life of this process. */
    public static CheckpointStore open(StoreSettings settings) {
        return open(settings, PublishObserver.NONE);
    }

    /** The same, telling the observer how publishing goes on. */
    public static CheckpointStore open(StoreSettings settings, PublishObserver observer) {
        if (S3Location.isOne(settings.location())) {
            S3Bucket bucket = S3Bucket.open(S3Location.parse(settings.location()), settings.s3());
            return new BucketStore(bucket, settings.cache(), observer);
        }
        return new FileSystemStore(Path.of(settings.location()), observer);
    }
}
