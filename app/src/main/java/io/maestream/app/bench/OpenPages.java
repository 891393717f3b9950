package io.maestream.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Pages that take a dashboard's events as browsers do, all on one thread, and draw nothing. */
final class OpenPages implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread reader = new Thread(this::read, "open-pages");

    /** Opens so many. */
    OpenPages(URI dashboard, int pages) throws IOException {
        selector = Selector.open();
        String request =
                "GET /api/events HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(dashboard.getAuthority());
        for (int i = 0; i < pages; i++) {
            SocketChannel channel =
                    SocketChannel.open(
                            new InetSocketAddress(dashboard.getHost(), dashboard.getPort()));
            channels.add(channel);
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        reader.setDaemon(true);
        reader.start();
    }

    /** What all of them have been sent so far. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() throws IOException {
        reader.interrupt();
        selector.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (selector.isOpen() && selector.select() >= 0 && selector.isOpen()) {
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    int read = ((SocketChannel) key.channel()).read(buffer);
                    if (read < 0) {
                        key.cancel();
                    } else {
                        bytes.addAndGet(read);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
            // Closed: nothing is left to read.
            Thread.currentThread().interrupt();
        }
    }
}
