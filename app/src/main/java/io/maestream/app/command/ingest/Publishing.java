package io.maestream.app.command.ingest;

import io.maestream.app.Payloads;
import io.maestream.app.Sections;
import io.maestream.app.command.base.BrokerOptions;
import io.maestream.app.command.base.CommandFailure;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Monitors;
import io.maestream.app.command.base.Shutdown;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.demo.ServiceRuns;
import io.maestream.app.source.SourceOpeners;
import io.maestream.app.source.SourceSettings;
import io.maestream.ingest.publish.ImagePublisher;
import io.maestream.ingest.publish.LoggingPublishObserver;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.publish.PublishTotals;
import io.maestream.ingest.publish.RawImageSender;
import io.maestream.ingest.publish.SourcePump;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.SourceObserver;
import io.maestream.schemas.observe.FanOut;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;

/** Pumps a source onto {@code images.raw} until its end or Ctrl-C, and prints how far it is. */
final class Publishing {
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    private Publishing() {}

    /** Returns when every image taken from the source is acknowledged. */
    static void run(ImageSource source, LoadedConfig config, Shutdown shutdown, PrintWriter out)
            throws InterruptedException, IOException {
        try (Monitors monitors = Monitors.open(config, out)) {
            runUntilStopped(pump(source, config, monitors, out), shutdown);
        }
    }

    /**
     * Opens the configured source of this name and pumps it.
     *
     * @throws CommandFailure with {@link ExitCode#NOT_FOUND} if it is not there
     */
    static void run(String name, LoadedConfig config, Shutdown shutdown, PrintWriter out)
            throws InterruptedException, IOException {
        SourceSettings settings = config.get(Sections.SOURCES).named(name);
        try (Monitors monitors = Monitors.open(config, out)) {
            ImageSource source = openers(config, monitors.sources()).open(settings);
            runUntilStopped(pump(source, config, monitors, out), shutdown);
        } catch (NotDirectoryException e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, e.getMessage(), e);
        }
    }

    /** Connects to the brokers and to the store of large images. */
    static ImagePublisher publisher(
            LoadedConfig config, Monitors monitors, PublishObserver observer)
            throws InterruptedException, IOException {
        var store = Payloads.open(config).writer();
        var clients = BrokerOptions.connect(config, monitors.clients(), Topics.IMAGES_RAW);
        return new ImagePublisher(
                new RawImageSender(clients, config.get(Sections.PUBLISH), store), observer);
    }

    static SourceOpeners openers(LoadedConfig config, SourceObserver observer) {
        return new SourceOpeners(
                config.get(Sections.SOURCES).stateDir(),
                config.get(Sections.PUBLISH).maxImageBytes(),
                config.get(Sections.SIMULATE),
                observer);
    }

    private static SourcePump pump(
            ImageSource source, LoadedConfig config, Monitors monitors, PrintWriter out)
            throws InterruptedException, IOException {
        PublishObserver observer = monitors.publishing(printing(out));
        return new SourcePump(source, publisher(config, monitors, observer), observer);
    }

    private static void runUntilStopped(SourcePump pump, Shutdown shutdown) {
        shutdown.stoppable(pump::stop, () -> ServiceRuns.pump(pump));
    }

    /** Tells a person how far publishing is, beside the log. */
    static PublishObserver printing(PrintWriter out) {
        return FanOut.of(
                PublishObserver.class, List.of(new LoggingPublishObserver(), new Printing(out)));
    }

    /** Prints progress. */
    private record Printing(PrintWriter out) implements PublishObserver {
        @Override
        public void progress(PublishTotals totals) {
            out.printf(
                    Locale.ROOT,
                    "published %d images, %.1f MiB, %.1f images/s%s%n",
                    totals.images(),
                    totals.bytes() / MEBIBYTE,
                    totals.imagesPerSecond(),
                    totals.skipped() == 0 ? "" : ", passed over " + totals.skipped());
            out.flush();
        }
    }
}
