package io.maestream.app;

import io.maestream.app.config.LoadedConfig;
import io.maestream.checkpoints.StoreUnreachableException;
import io.maestream.checkpoints.s3.S3Bucket;
import io.maestream.checkpoints.s3.S3Location;
import io.maestream.checkpoints.s3.S3Settings;
import io.maestream.ingest.payload.FilePayloadStore;
import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.ObjectPayloadStore;
import io.maestream.ingest.payload.PayloadReader;
import io.maestream.ingest.payload.PayloadSettings;
import io.maestream.ingest.payload.PayloadStore;
import io.maestream.ingest.payload.PayloadWriter;
import io.maestream.ingest.payload.SweepingWriter;
import io.maestream.ingest.publish.PublishSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where images that travel as references are kept; the only place that knows all kinds.
 *
 * @param writer for publishers; it deletes what is too old now and then
 * @param reader for preparation
 */
public record Payloads(PayloadWriter writer, PayloadReader reader) {
    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);

    /** No name of a payload's. */
    private static final String PROBE = "access-check";

    /** None: all images travel inline. */
    public static Payloads none() {
        NoPayloadStore none = new NoPayloadStore();
        return new Payloads(none, none);
    }

    /**
     * The configured store, for the life of this process.
     *
     * @throws IOException if an object store does not let us in, which waiting would not mend
     */
    public static Payloads open(LoadedConfig config) throws IOException {
        PublishSettings publish = config.get(Sections.PUBLISH);
        if (publish.payload().location().isEmpty()) {
            return none();
        }
        PayloadStore store = store(publish.payload(), config.get(Sections.PAYLOAD_STORE));
        Duration keep = publish.keepPayloads();
        return new Payloads(SweepingWriter.wrap(store, keep, Clock.systemUTC()), store);
    }

    /** The store of this location. */
    static PayloadStore store(PayloadSettings settings, S3Settings s3) throws IOException {
        String location = settings.location().orElseThrow();
        if (!S3Location.isOne(location)) {
            return new FilePayloadStore(Path.of(location), settings.maxImageBytes());
        }
        S3Bucket bucket = S3Bucket.open(S3Location.parse(location), s3);
        try {
            bucket.list(PROBE);
        } catch (StoreUnreachableException e) {
            // It may be back when it is needed; each image is tried again then.
            LOG.atWarn().addKeyValue("store", location).setCause(e).log("Payload store is away");
        } catch (IOException e) {
            bucket.close();
            throw e;
        }
        return new ObjectPayloadStore(new PayloadBucket(bucket), settings.maxImageBytes());
    }
}
