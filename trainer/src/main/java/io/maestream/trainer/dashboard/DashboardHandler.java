package io.maestream.trainer.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.maestream.trainer.report.PanelSample;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Answers the dashboard's requests. Nothing here changes anything: all are GET or HEAD. */
final class DashboardHandler implements HttpHandler {

    private static final String TOKEN_QUERY = "token=";
    private static final String JSON = "application/json; charset=utf-8";
    private static final Map<String, String> SECURITY =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "X-Frame-Options",
                    "DENY",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Resource-Policy",
                    "same-origin",
                    "Cross-Origin-Opener-Policy",
                    "same-origin",
                    "Cache-Control",
                    "no-store");

    private final Parts parts;
    private final Resources resources = new Resources();
    private final DashboardJson json = new DashboardJson();

    /** What there is to tell, and to whom. */
    record Parts(
            TrainingBoard board,
            PrometheusMeterRegistry registry,
            Pages pages,
            Admittance admittance) {}

    DashboardHandler(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().close();
        SECURITY.forEach(exchange.getResponseHeaders()::set);
        String method = exchange.getRequestMethod();
        if (!"GET".equals(method) && !"HEAD".equals(method)) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            text(exchange, 405, "only GET and HEAD are answered here");
            return;
        }
        String path = exchange.getRequestURI().getPath();
        if (!health(exchange, path) && !signIn(exchange, path)) {
            if (parts.admittance().admits(exchange.getRequestHeaders())) {
                route(exchange, path);
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                text(
                        exchange,
                        401,
                        "show the dashboard's token as a bearer token, or open /?token=TOKEN once;"
                                + " without a token it is only for http://localhost");
            }
        }
    }

    /** A supervisor needs no token to learn whether the trainer lives and works. */
    private boolean health(HttpExchange exchange, String path) throws IOException {
        if ("/healthz".equals(path)) {
            text(exchange, 200, "alive");
            return true;
        }
        if ("/readyz".equals(path)) {
            Readiness readiness = parts.board().readiness();
            send(exchange, readiness.ready() ? 200 : 503, JSON, utf8(json.readiness(readiness)));
            return true;
        }
        return false;
    }

    /** A browser cannot send the header by itself: it brings the token once and gets a cookie. */
    private boolean signIn(HttpExchange exchange, String path) throws IOException {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (!"/".equals(path) || !query.startsWith(TOKEN_QUERY)) {
            return false;
        }
        String shown = query.substring(TOKEN_QUERY.length());
        if (!parts.admittance().isToken(shown)) {
            return false;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.set(
                "Set-Cookie",
                Admittance.COOKIE + "=" + shown + "; HttpOnly; SameSite=Strict; Path=/");
        headers.set("Location", "/");
        text(exchange, 303, "signed in");
        return true;
    }

    private void route(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/api/state" -> send(exchange, 200, JSON, utf8(json.state(parts.board())));
            case "/api/events" -> events(exchange);
            case "/api/panels/latest.png" -> panel(exchange);
            case "/metrics" ->
                    send(
                            exchange,
                            200,
                            "text/plain; version=0.0.4; charset=utf-8",
                            utf8(parts.registry().scrape()));
            default -> resource(exchange, path);
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        if ("HEAD".equals(exchange.getRequestMethod())) {
            send(exchange, 200, "text/event-stream", new byte[0]);
        } else if (!parts.pages().open(exchange)) {
            exchange.getResponseHeaders().set("Retry-After", "30");
            text(exchange, 503, "too many pages are open");
        }
    }

    private void panel(HttpExchange exchange) throws IOException {
        Optional<PanelSample> panel = parts.board().panel();
        if (panel.isPresent()) {
            send(exchange, 200, "image/png", panel.get().png());
        } else {
            text(exchange, 404, "no panel was drawn yet");
        }
    }

    private void resource(HttpExchange exchange, String path) throws IOException {
        Optional<Resources.Resource> found = resources.at(path);
        if (found.isPresent()) {
            send(exchange, 200, found.get().type(), found.get().bytes());
        } else {
            text(exchange, 404, "there is no such page");
        }
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", utf8(text + "\n"));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        try {
            if ("HEAD".equals(exchange.getRequestMethod()) || body.length == 0) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        } finally {
            exchange.close();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
