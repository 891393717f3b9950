package io.maestream.app.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.maestream.schemas.access.BearerToken;
import io.maestream.schemas.access.HttpServerLimits;
import io.maestream.trainer.dashboard.Admittance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers {@code /metrics}, {@code /healthz} and {@code /readyz}, under the rules of the trainer's
 * dashboard: loopback by its names, elsewhere a token for all but health.
 */
final class MetricsServer implements AutoCloseable {

    private static final int BACKLOG = 32;
    private static final int THREADS = 2;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Admittance admittance;
    private final Answers answers;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    THREADS,
                    task -> {
                        Thread thread = new Thread(task, "metrics-answer");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** What there is to tell. */
    record Answers(Supplier<String> metrics, Supplier<Health> health) {}

    private MetricsServer(HttpServer server, Admittance admittance, Answers answers) {
        this.server = server;
        this.admittance = admittance;
        this.answers = answers;
    }

    /**
     * Listens at once.
     *
     * @throws IllegalArgumentException if it would be open to others without a token
     * @throws IOException if the token's file cannot be read or the port cannot be had
     */
    static MetricsServer open(MetricsSettings settings, Answers answers) throws IOException {
        HttpServerLimits.apply();
        InetAddress host = InetAddress.getByName(settings.host());
        boolean needsToken = settings.hasToken() || !host.isLoopbackAddress();
        Optional<BearerToken> token =
                needsToken
                        ? Optional.of(
                                BearerToken.of(
                                        settings.token(),
                                        settings.tokenFile(),
                                        MetricsSettings.TOKEN))
                        : Optional.empty();
        MetricsServer opened =
                new MetricsServer(listen(settings, host), new Admittance(token), answers);
        opened.start();
        return opened;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void start() {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().close();
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            String method = exchange.getRequestMethod();
            if (!"GET".equals(method) && !"HEAD".equals(method)) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, TEXT, "only GET and HEAD are answered here\n");
                return;
            }
            route(exchange);
        }
    }

    /** A supervisor needs no token to learn whether the process lives and works. */
    private void route(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/healthz" -> send(exchange, 200, TEXT, "alive\n");
            case "/readyz" -> {
                Health health = answers.health().get();
                send(
                        exchange,
                        health.ready() ? 200 : 503,
                        "application/json; charset=utf-8",
                        json.writeValueAsString(health));
            }
            case "/metrics" -> metrics(exchange);
            default -> send(exchange, 404, TEXT, "here are /metrics, /healthz and /readyz\n");
        }
    }

    private void metrics(HttpExchange exchange) throws IOException {
        if (admittance.admits(exchange.getRequestHeaders())) {
            send(
                    exchange,
                    200,
                    "text/plain; version=0.0.4; charset=utf-8",
                    answers.metrics().get());
        } else {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            send(
                    exchange,
                    401,
                    TEXT,
                    "show the token of metrics.token as a bearer token; without one this is only"
                            + " for http://localhost\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if ("HEAD".equals(exchange.getRequestMethod())) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static HttpServer listen(MetricsSettings settings, InetAddress host)
            throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(host, settings.port()), BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on metrics.host %s, metrics.port %d: %s; choose another port"
                            .formatted(settings.host(), settings.port(), e.getMessage()),
                    e);
        }
    }
}
