package io.maestream.ingest.source.video;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A camera that speaks Motion JPEG over HTTP on loopback. It sends each of its frames once in all,
 * one connection after the other, so that whatever is seen twice was repeated by the reader.
 */
public final class MjpegServer implements AutoCloseable {

    private final List<byte[]> frames;
    private final long frameMillis;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean challenging;
    private volatile int hangAt = Integer.MAX_VALUE;
    private volatile ServerSocket socket;
    private final int port;

    public MjpegServer(List<byte[]> frames, double framesPerSecond) throws IOException {
        this.frames = frames;
        this.frameMillis = Math.round(1000 / framesPerSecond);
        this.port = start(0);
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/camera.mjpg";
    }

    /** How many frames were sent, or begun. */
    public int sent() {
        return next.get();
    }

    /** Heads of the requests so far. */
    public List<String> requests() {
        return requests;
    }

    /** From now on a request must show a user. */
    public void challenge() {
        challenging = true;
    }

    /** Connections stay silent from this frame on, and open. */
    public void hangAt(int frame) {
        hangAt = frame;
    }

    /** Breaks every connection and listens no longer, as if the process had been killed. */
    public void kill() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            if (!connection.isClosed()) {
                connection.setSoLinger(true, 0);
                connection.close();
            }
        }
        connections.clear();
    }

    /** Listens again on the same port. */
    public void restart() throws IOException {
        hangAt = Integer.MAX_VALUE;
        start(port);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        kill();
    }

    private int start(int onPort) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 10);
        socket = listening;
        daemon(
                () -> {
                    while (true) {
                        Socket connection = listening.accept();
                        connections.add(connection);
                        daemon(() -> serve(connection));
                    }
                });
        return listening.getLocalPort();
    }

    private void serve(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c = connection.getInputStream().read();
            if (c < 0) {
                return;
            }
            head.append((char) c);
        }
        requests.add(head.toString());
        OutputStream out = connection.getOutputStream();
        if (challenging && head.indexOf("Authorization:") < 0) {
            write(out, "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"\r\n");
            write(out, "Content-Length: 0\r\nConnection: close\r\n\r\n");
            connection.close();
            return;
        }
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=frame\r\n");
        write(out, "Connection: close\r\n\r\n--frame\r\n");
        while (pause() && next.get() < Math.min(frames.size(), hangAt)) {
            byte[] jpeg = frames.get(next.getAndIncrement());
            write(out, "Content-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n");
            out.write(jpeg);
            write(out, "\r\n--frame\r\n");
            out.flush();
        }
    }

    private boolean pause() {
        try {
            return !closed.await(frameMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Something on a thread of its own that ends with its socket. */
    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                if (Thread.currentThread().isInterrupted()) {
                                    throw new UncheckedIOException(e);
                                }
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }
}
