package io.maestream.ingest.upload;

import java.util.List;

/** Tells several observers. */
public final class UploadObservers implements UploadObserver {

    private final List<UploadObserver> all;

    /** In this order. */
    public UploadObservers(List<UploadObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void accepted(int images) {
        all.forEach(each -> each.accepted(images));
    }

    @Override
    public void refused(int status, String reason) {
        all.forEach(each -> each.refused(status, reason));
    }

    @Override
    public void failed(Exception cause) {
        all.forEach(each -> each.failed(cause));
    }
}
