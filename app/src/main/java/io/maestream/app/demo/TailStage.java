package io.maestream.app.demo;

import io.maestream.app.tail.TopicTail;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Follows a topic from its present end on a thread of its own. Stopping hands over everything that
 * was written before, so that the last event is shown too.
 *
 * @param <V> the records' values
 */
final class TailStage<V> implements Stage {
    private final String name;
    private final Supplier<TopicTail<V>> opener;
    private final Consumer<V> viewer;
    private TopicTail<V> tail;
    private Worker worker;

    TailStage(String name, Supplier<TopicTail<V>> opener, Consumer<V> viewer) {
        this.name = name;
        this.opener = opener;
        this.viewer = viewer;
    }

    @Override
    public String name() {
        return name;
    }

    /** The end is fixed when this returns: nothing written afterwards is missed. */
    @Override
    public void start() {
        tail = opener.get().skipToEnd();
        worker = new Worker(name, this::view, tail::stop);
        worker.start();
    }

    @Override
    public void stop() {
        if (worker != null) {
            worker.stop();
        }
    }

    private void view() {
        try (TopicTail<V> mine = tail) {
            mine.follow(record -> viewer.accept(record.value()));
            mine.drain(record -> viewer.accept(record.value()));
        }
    }
}
