package io.maestream.ingest.upload;

import com.sun.net.httpserver.HttpServer;
import io.maestream.ingest.publish.RawImageSender;
import io.maestream.schemas.access.BearerToken;
import io.maestream.schemas.access.HttpServerLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes images by {@code POST /images}: one as the body, or several as multipart/form-data. It
 * answers 202 once the brokers have acknowledged them, and else says why in JSON.
 */
public final class UploadServer implements AutoCloseable {

    static final String PATH = "/images";

    /** Answers that refuse need no place among the uploads, and come from these. */
    private static final int THREADS_TO_REFUSE = 32;

    private static final int LAST_ANSWERS_SECONDS = 5;
    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Admission admission;
    private final UploadSettings settings;
    private final RawImageSender sender;

    /**
     * A server that listens at once and owns the sender.
     *
     * @throws IllegalArgumentException if there is no token worth the name
     * @throws IOException if the token's file cannot be read or the port cannot be had
     */
    public UploadServer(UploadSettings settings, RawImageSender sender, UploadObserver observer)
            throws IOException {
        HttpServerLimits.apply();
        this.settings = settings;
        this.sender = sender;
        BearerToken token =
                BearerToken.of(settings.token(), settings.tokenFile(), UploadSettings.TOKEN);
        this.admission = new Admission(settings.limits(), System::nanoTime);
        this.server = listen(settings);
        this.threads =
                Executors.newFixedThreadPool(settings.limits().concurrent() + THREADS_TO_REFUSE);
        server.setExecutor(threads);
        server.createContext(
                "/",
                new UploadHandler(
                        token,
                        admission,
                        new UploadPublisher(sender, Clock.systemUTC()),
                        settings.limits(),
                        observer));
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Takes no new upload, lets those under way come to their answer, and ends. */
    @Override
    public void close() {
        try {
            admission.drain(settings.limits().drain());
            threads.shutdown();
            threads.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // With a delay the JDK's server would wait for all of it, whether anybody is there.
            server.stop(0);
            threads.shutdownNow();
            sender.close();
        }
    }

    private static HttpServer listen(UploadSettings settings) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on http.host %s, http.port %d: %s"
                            .formatted(settings.host(), settings.port(), e.getMessage()),
                    e);
        }
    }
}
