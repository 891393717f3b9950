package io.maestream.ingest.prepare;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** Tells several observers. */
public final class PrepareObservers implements PrepareObserver {

    private final List<PrepareObserver> all;

    /** In this order. */
    public PrepareObservers(List<PrepareObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void prepared(PreparedImage image, long rawBytes) {
        all.forEach(each -> each.prepared(image, rawBytes));
    }

    @Override
    public void rejected(RejectedImage image) {
        all.forEach(each -> each.rejected(image));
    }

    @Override
    public void dropped(String sourceId, String imageId, boolean exact) {
        all.forEach(each -> each.dropped(sourceId, imageId, exact));
    }

    @Override
    public void counted(SourceStatus status) {
        all.forEach(each -> each.counted(status));
    }

    @Override
    public void starting(KafkaStreams streams) {
        all.forEach(each -> each.starting(streams));
    }

    @Override
    public void state(String state) {
        all.forEach(each -> each.state(state));
    }

    @Override
    public void threadFailed(Throwable cause, boolean fatal) {
        all.forEach(each -> each.threadFailed(cause, fatal));
    }
}
