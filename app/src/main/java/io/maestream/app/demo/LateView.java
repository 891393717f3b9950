package io.maestream.app.demo;

import java.util.function.Supplier;

/**
 * Opens a view with the first step: until then native libraries load, and print lines of their own.
 */
final class LateView implements LiveView {
    private final Supplier<LiveView> opener;
    private LiveView view;

    LateView(Supplier<LiveView> opener) {
        this.opener = opener;
    }

    @Override
    public synchronized void show(TrainingState state) {
        if (view == null) {
            view = opener.get();
        }
        view.show(state);
    }

    @Override
    public synchronized void close() {
        if (view != null) {
            view.close();
        }
    }
}
