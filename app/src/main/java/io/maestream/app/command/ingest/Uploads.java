package io.maestream.app.command.ingest;

import io.maestream.app.Payloads;
import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Monitors;
import io.maestream.app.config.LoadedConfig;
import io.maestream.ingest.publish.RawImageSender;
import io.maestream.ingest.upload.UploadServer;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** The upload server, from its start to its orderly end. */
final class Uploads {
    private final UploadServer server;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Uploads(UploadServer server) {
        this.server = server;
    }

    /**
     * Listens at once and prints where.
     *
     * @throws CommandFailure if there is no token, no broker, or no port
     */
    static Uploads start(LoadedConfig config, Monitors monitors, PrintWriter out)
            throws InterruptedException, IOException {
        var store = Payloads.open(config).writer();
        var clients = BrokerOptions.connect(config, monitors.clients(), Topics.IMAGES_RAW);
        var sender = new RawImageSender(clients, config.get(Sections.PUBLISH), store);
        try {
            UploadServer server =
                    new UploadServer(config.get(Sections.UPLOAD), sender, monitors.uploads());
            var address = server.address();
            out.printf(
                    "Uploads at http://%s:%d/images%n",
                    address.getAddress().getHostAddress(), address.getPort());
            out.flush();
            return new Uploads(server);
        } catch (IllegalArgumentException e) {
            sender.close();
            throw new CommandFailure(ExitCode.BAD_CONFIGURATION, e.getMessage(), e);
        } catch (IOException e) {
            sender.close();
            throw new CommandFailure(ExitCode.IN_USE, e.getMessage(), e);
        }
    }

    /** Returns after {@link #stop()}, when the last upload has its answer. */
    void runUntilStopped() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }

    void stop() {
        stopped.countDown();
    }
}
