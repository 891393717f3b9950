package io.maestream.trainer.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The open pages. A message is made once and written to all by a few threads; a page that has not
 * yet taken the one before does without it and hears so, and one that takes nothing for a while is
 * closed, so that no page keeps another one waiting.
 */
final class Pages {

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final int capacity;
    private final ExecutorService writers;
    private final List<Page> pages = new CopyOnWriteArrayList<>();
    private long sequence;

    /** Pages, at most so many, written to by these threads. */
    Pages(int capacity, ExecutorService writers) {
        this.capacity = capacity;
        this.writers = writers;
    }

    /** Takes a page in; false if there is no room. */
    synchronized boolean open(HttpExchange exchange) throws IOException {
        if (pages.size() >= capacity) {
            return false;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        body.flush();
        pages.add(new Page(exchange, body, new AtomicLong()));
        return true;
    }

    int size() {
        return pages.size();
    }

    /** Sends an event to all. The ids count up: a gap tells a page that it missed one. */
    void send(String event, String json) {
        byte[] message =
                "id: %d\nevent: %s\ndata: %s\n\n"
                        .formatted(++sequence, event, json)
                        .getBytes(StandardCharsets.UTF_8);
        long now = System.nanoTime();
        for (Page page : pages) {
            if (page.busySince().compareAndSet(0L, now)) {
                hand(page, message);
            } else if (now - page.busySince().get() > PATIENCE_NANOS) {
                drop(page);
            }
        }
    }

    void close() {
        new ArrayList<>(pages).forEach(this::drop);
    }

    private void hand(Page page, byte[] message) {
        try {
            writers.execute(() -> write(page, message));
        } catch (RejectedExecutionException e) {
            drop(page);
        }
    }

    private void write(Page page, byte[] message) {
        try {
            page.body().write(message);
            page.body().flush();
            page.busySince().set(0L);
        } catch (IOException e) {
            drop(page);
        }
    }

    private void drop(Page page) {
        pages.remove(page);
        page.exchange().close();
    }

    /**
     * An open page.
     *
     * @param busySince when the message under way was begun, 0 if none is
     */
    private record Page(HttpExchange exchange, OutputStream body, AtomicLong busySince) {}
}
