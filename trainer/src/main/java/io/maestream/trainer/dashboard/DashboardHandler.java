package io.maestream.trainer.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.maestream.trainer.dashboard.Api.Route;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers the dashboard's requests: decides who may ask, then hands on by method and path. */
final class DashboardHandler implements HttpHandler {

    private static final String TOKEN_QUERY = "token=";
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Parts parts;
    private final Resources resources = new Resources();
    private final List<Route> open;
    private final List<Route> guarded;

    /** What there is to tell, and to whom. */
    record Parts(
            TrainingBoard board,
            PrometheusMeterRegistry registry,
            Api api,
            DashboardJson json,
            Gate gate) {}

    /**
     * Who may do what.
     *
     * @param readers who may read
     * @param changes who may change something
     */
    record Gate(Admittance readers, ChangeGuard changes) {}

    DashboardHandler(Parts parts) {
        this.parts = parts;
        this.open =
                List.of(
                        Route.read("/healthz", e -> Answers.text(e, 200, "alive")),
                        Route.read("/readyz", this::ready));
        this.guarded = new ArrayList<>(parts.api().routes());
        guarded.add(Route.read("/metrics", this::metrics));
        resources.paths().forEach(path -> guarded.add(Route.read(path, this::resource)));
    }

    /** All of them, the page's files included. */
    List<Route> routes() {
        List<Route> all = new ArrayList<>(open);
        all.addAll(guarded);
        return all;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Answers.secure(exchange);
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        Optional<Route> health = find(open, path, method);
        if (health.isPresent()) {
            health.get().handler().handle(exchange);
        } else if (!signIn(exchange, path)) {
            guarded(exchange, path, method);
        }
    }

    private void guarded(HttpExchange exchange, String path, String method) throws IOException {
        Headers request = exchange.getRequestHeaders();
        boolean reads = "GET".equals(method) || "HEAD".equals(method);
        Gate gate = parts.gate();
        boolean admitted = reads ? gate.readers().admits(request) : gate.changes().admits(request);
        if (!admitted) {
            refuse(exchange, reads);
            return;
        }
        Optional<Route> route = find(guarded, path, method);
        if (route.isPresent()) {
            route.get().handler().handle(exchange);
        } else {
            unknown(exchange, path);
        }
    }

    private void unknown(HttpExchange exchange, String path) throws IOException {
        List<String> allowed =
                routes().stream().filter(r -> r.path().equals(path)).map(Route::method).toList();
        if (allowed.isEmpty()) {
            Answers.text(exchange, 404, "there is no such page");
        } else {
            exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
            Answers.text(exchange, 405, "only this is answered here: " + allowed);
        }
    }

    private static void refuse(HttpExchange exchange, boolean reads) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        String why =
                reads
                        ? "show the dashboard's token as a bearer token, or open /?token=TOKEN once;"
                                + " without a token it is only for http://localhost"
                        : "only the dashboard's own page may ask for this, or whoever shows its token"
                                + " as a bearer token";
        Answers.text(exchange, 401, why);
    }

    private static Optional<Route> find(List<Route> routes, String path, String method) {
        return routes.stream().filter(r -> r.path().equals(path) && r.takes(method)).findFirst();
    }

    /** A supervisor needs no token to learn whether the trainer lives and works. */
    private void ready(HttpExchange exchange) throws IOException {
        Readiness readiness = parts.board().readiness();
        Answers.json(exchange, readiness.ready() ? 200 : 503, parts.json().readiness(readiness));
    }

    private void metrics(HttpExchange exchange) throws IOException {
        Answers.send(exchange, 200, METRICS_TYPE, Answers.utf8(parts.registry().scrape()));
    }

    private void resource(HttpExchange exchange) throws IOException {
        Resources.Resource found = resources.at(exchange.getRequestURI().getPath()).orElseThrow();
        Answers.send(exchange, 200, found.type(), found.bytes());
    }

    /** A browser cannot send the header by itself: it brings the token once and gets a cookie. */
    private boolean signIn(HttpExchange exchange, String path) throws IOException {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (!"/".equals(path)
                || !"GET".equals(exchange.getRequestMethod())
                || !query.startsWith(TOKEN_QUERY)) {
            return false;
        }
        String shown = query.substring(TOKEN_QUERY.length());
        if (!parts.gate().readers().isToken(shown)) {
            return false;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set(
                "Set-Cookie",
                Admittance.COOKIE + "=" + shown + "; HttpOnly; SameSite=Strict; Path=/");
        headers.set("Location", "/");
        Answers.text(exchange, 303, "signed in");
        return true;
    }
}
