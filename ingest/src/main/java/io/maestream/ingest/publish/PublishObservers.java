package io.maestream.ingest.publish;

import io.maestream.ingest.source.SourceImage;
import java.util.List;

/** Tells several observers. */
public final class PublishObservers implements PublishObserver {

    private final List<PublishObserver> all;

    /** In this order. */
    public PublishObservers(List<PublishObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void published(SourceImage image) {
        all.forEach(each -> each.published(image));
    }

    @Override
    public void skipped(SourceImage image, String message) {
        all.forEach(each -> each.skipped(image, message));
    }

    @Override
    public void failed(SourceImage image, Exception cause) {
        all.forEach(each -> each.failed(image, cause));
    }

    @Override
    public void progress(PublishTotals totals) {
        all.forEach(each -> each.progress(totals));
    }
}
