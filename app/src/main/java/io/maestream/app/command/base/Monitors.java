package io.maestream.app.command.base;

import io.maestream.app.Sections;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.metrics.MetricsSettings;
import io.maestream.app.metrics.Monitor;
import io.maestream.ingest.prepare.LoggingPrepareObserver;
import io.maestream.ingest.prepare.PrepareObserver;
import io.maestream.ingest.publish.PublishObserver;
import io.maestream.ingest.source.LoggingSourceObserver;
import io.maestream.ingest.source.SourceObserver;
import io.maestream.ingest.upload.LoggingUploadObserver;
import io.maestream.ingest.upload.UploadObserver;
import io.maestream.schemas.client.ClientWatch;
import io.maestream.schemas.observe.FanOut;
import io.maestream.trainer.trigger.LoggingTriggerObserver;
import io.maestream.trainer.trigger.TriggerObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The monitor of the process that a command is, if the configuration has one, beside the log. */
public final class Monitors implements AutoCloseable {
    private final Optional<Monitor> monitor;

    private Monitors(Optional<Monitor> monitor) {
        this.monitor = monitor;
    }

    /**
     * Listens at once and prints where, unless there is to be none.
     *
     * @throws CommandFailure if it lacks a token, or cannot have its port
     */
    public static Monitors open(LoadedConfig config, PrintWriter out) {
        MetricsSettings settings = config.get(Sections.METRICS);
        if (!settings.isOn()) {
            return new Monitors(Optional.empty());
        }
        try {
            Monitor opened = Monitor.open(settings, Clock.systemUTC());
            InetSocketAddress address = opened.address();
            out.printf(
                    "Metrics at http://%s:%d/metrics%n",
                    address.getAddress().getHostAddress(), address.getPort());
            out.flush();
            return new Monitors(Optional.of(opened));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_CONFIGURATION, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.IN_USE, e.getMessage(), e);
        }
    }

    /** For the process's Kafka clients. */
    public ClientWatch clients() {
        return monitor.map(Monitor::clients).orElse(ClientWatch.NONE);
    }

    /** For preparation. */
    public PrepareObserver preparation() {
        return with(PrepareObserver.class, new LoggingPrepareObserver(), Monitor::preparation);
    }

    /** For triggers. */
    public TriggerObserver triggers() {
        TriggerObserver log = new LoggingTriggerObserver();
        return monitor.map(opened -> opened.triggers(log)).orElse(log);
    }

    /** For a publisher, after this observer. */
    public PublishObserver publishing(PublishObserver first) {
        return with(PublishObserver.class, first, Monitor::publishing);
    }

    /** For sources that may be lost. */
    public SourceObserver sources() {
        return with(SourceObserver.class, new LoggingSourceObserver(), Monitor::sources);
    }

    /** For uploads. */
    public UploadObserver uploads() {
        return with(UploadObserver.class, new LoggingUploadObserver(), Monitor::uploads);
    }

    @Override
    public void close() {
        monitor.ifPresent(Monitor::close);
    }

    private <T> T with(Class<T> role, T first, Function<Monitor, T> second) {
        return monitor.map(second)
                .map(meters -> FanOut.of(role, List.of(first, meters)))
                .orElse(first);
    }
}
