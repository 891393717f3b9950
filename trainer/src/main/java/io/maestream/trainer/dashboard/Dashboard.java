package io.maestream.trainer.dashboard;

import com.sun.net.httpserver.HttpServer;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.access.BearerToken;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.group.TrainerGroup;
import io.maestream.trainer.report.TrainingObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A trainer's dashboard: tell its {@link #observers()} what happens, and it is seen at {@link
 * #url()}. It has a few threads of its own and never keeps a step waiting.
 */
public final class Dashboard implements AutoCloseable {

    static final int MAX_PAGES = 64;

    private static final int BACKLOG = 64;
    private static final int ANSWERING_THREADS = 4;
    private static final int WRITING_THREADS = 4;
    private static final int MILLIS_BETWEEN_STEPS = 400;
    private static final int MILLIS_BETWEEN_TABLES = 2_000;

    private final TrainingBoard board;
    private final TrainingMeters meters;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DashboardJson json = new DashboardJson(TrainerGroup.memberName());
    private final ExecutorService answering = daemons(ANSWERING_THREADS, "dashboard-answer-");
    private final ExecutorService writing = daemons(WRITING_THREADS, "dashboard-write-");
    private final ScheduledExecutorService ticking =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "dashboard-tick"));
    private final Pages pages = new Pages(MAX_PAGES, writing);
    private final HttpServer server;
    private final Api api;
    private Optional<RunReader> reader = Optional.empty();

    /** What to do when the port is taken. */
    public enum PortTaken {
        /** Fail: somebody relies on this port. */
        FAIL,
        /** Take a free one: people are told the address. */
        TAKE_ANOTHER
    }

    private Dashboard(HttpServer server, DashboardHandler.Gate gate, String runId, Clock clock) {
        this.server = server;
        this.board = new TrainingBoard(runId, clock);
        this.meters = new TrainingMeters(new TrainingMeters.Place(registry, runId), board, clock);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        this.api = new Api(board, pages, json, gate.changes());
        server.setExecutor(answering);
        server.createContext(
                "/",
                new DashboardHandler(new DashboardHandler.Parts(board, registry, api, json, gate)));
    }

    /**
     * Listens at once.
     *
     * @param runId shown until the trainer says what it does
     * @throws IllegalArgumentException if it would be open to others without a token
     * @throws IOException if the token's file cannot be read or the port cannot be had
     */
    public static Dashboard open(
            DashboardSettings settings, PortTaken taken, String runId, Clock clock)
            throws IOException {
        InetAddress host = InetAddress.getByName(settings.host());
        boolean needsToken = settings.hasToken() || !host.isLoopbackAddress();
        Optional<BearerToken> token =
                needsToken
                        ? Optional.of(
                                BearerToken.of(
                                        settings.token(),
                                        settings.tokenFile(),
                                        DashboardSettings.TOKEN))
                        : Optional.empty();
        Admittance readers = new Admittance(token);
        DashboardHandler.Gate gate =
                new DashboardHandler.Gate(
                        readers, new ChangeGuard(readers, token, new SecureRandom()));
        Dashboard dashboard = new Dashboard(listen(settings, host, taken), gate, runId, clock);
        dashboard.start();
        return dashboard;
    }

    /**
     * Also shows what the run's topics say, and sends what is asked for on the page.
     *
     * @param clients for the run's brokers, whose topics exist
     */
    public synchronized void connect(KafkaClients clients, Commands commands) {
        takeCommands(clients, commands);
        RunReader opened = new RunReader(clients, board.runId(), board);
        reader = Optional.of(opened);
        opened.start();
    }

    /** To be told everything that the trainer does. */
    public List<TrainingObserver> observers() {
        return List.of(board, meters);
    }

    /** What {@code /metrics} shows; others may add to it. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Where a browser on this machine finds it. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        String host =
                address.getAddress().isAnyLocalAddress()
                        ? "localhost"
                        : address.getAddress().getHostAddress();
        return "http://%s:%d/"
                .formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort());
    }

    /** Only the second of these, and pictures. */
    void takeCommands(KafkaClients clients, Commands commands) {
        api.connect(
                new Thumbnails(board, clients.reader(AvroSerde.deserializer(PreparedImage.class))),
                commands);
    }

    @Override
    public synchronized void close() {
        reader.ifPresent(RunReader::close);
        ticking.shutdownNow();
        pages.close();
        server.stop(0);
        writing.shutdownNow();
        answering.shutdownNow();
        registry.close();
    }

    private void start() {
        server.start();
        ticking.scheduleWithFixedDelay(
                this::sendSteps, MILLIS_BETWEEN_STEPS, MILLIS_BETWEEN_STEPS, TimeUnit.MILLISECONDS);
        ticking.scheduleWithFixedDelay(
                this::sendTables,
                MILLIS_BETWEEN_TABLES,
                MILLIS_BETWEEN_TABLES,
                TimeUnit.MILLISECONDS);
    }

    /** Steps that nobody looks at are forgotten here; a page that opens gets them as history. */
    private void sendSteps() {
        List<StepPoint> steps = board.takeFresh();
        if (pages.size() > 0 && !steps.isEmpty()) {
            pages.send("steps", json.steps(steps));
        }
    }

    /** Also when nothing has changed: so a page knows that the trainer lives. */
    private void sendTables() {
        if (pages.size() > 0) {
            pages.send("tables", json.tables(board.tables()));
        }
    }

    private static HttpServer listen(DashboardSettings settings, InetAddress host, PortTaken taken)
            throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(host, settings.port()), BACKLOG);
        } catch (BindException e) {
            if (taken == PortTaken.TAKE_ANOTHER) {
                return HttpServer.create(new InetSocketAddress(host, 0), BACKLOG);
            }
            throw new IOException(
                    "cannot listen on dashboard.host %s, dashboard.port %d: %s; choose another port"
                            .formatted(settings.host(), settings.port(), e.getMessage()),
                    e);
        }
    }

    private static ExecutorService daemons(int threads, String name) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                threads, task -> daemon(task, name + number.incrementAndGet()));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
