package io.maestream.trainer.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.maestream.trainer.report.PanelSample;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;

/** The JSON API, route by route; {@code openapi.json} describes it. */
final class Api {

    private static final String SOURCE_QUERY = "source=";
    private static final int COMMANDS_AT_ONCE = 2;

    private final TrainingBoard board;
    private final Pages pages;
    private final DashboardJson json;
    private final ChangeGuard changes;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Semaphore sending = new Semaphore(COMMANDS_AT_ONCE);
    private volatile Optional<Thumbnails> thumbnails = Optional.empty();
    private volatile Optional<Commands> commands = Optional.empty();

    Api(TrainingBoard board, Pages pages, DashboardJson json, ChangeGuard changes) {
        this.board = board;
        this.pages = pages;
        this.json = json;
        this.changes = changes;
    }

    /** Until then there are no pictures, and nothing is taken. */
    void connect(Thumbnails pictures, Commands sender) {
        thumbnails = Optional.of(pictures);
        commands = Optional.of(sender);
    }

    /** Every route under {@code /api/} but the description. */
    List<Route> routes() {
        return List.of(
                Route.read("/api/state", this::state),
                Route.read("/api/session", this::session),
                Route.read("/api/events", this::events),
                Route.read("/api/panels/latest.png", this::panel),
                Route.read("/api/cameras/picture.jpg", this::picture),
                Route.change("/api/commands", this::command));
    }

    /** A way to ask for something. */
    record Route(String method, String path, HttpHandler handler) {

        static Route read(String path, HttpHandler handler) {
            return new Route("GET", path, handler);
        }

        static Route change(String path, HttpHandler handler) {
            return new Route("POST", path, handler);
        }

        boolean changes() {
            return !"GET".equals(method);
        }

        boolean takes(String asked) {
            return method.equals(asked) || (!changes() && "HEAD".equals(asked));
        }
    }

    private void state(HttpExchange exchange) throws IOException {
        Answers.json(exchange, 200, json.state(board));
    }

    private void session(HttpExchange exchange) throws IOException {
        Answers.json(exchange, 200, json.pair("secret", changes.secret()));
    }

    private void events(HttpExchange exchange) throws IOException {
        if ("HEAD".equals(exchange.getRequestMethod())) {
            Answers.send(exchange, 200, "text/event-stream", new byte[0]);
        } else if (!pages.open(exchange)) {
            exchange.getResponseHeaders().set("Retry-After", "30");
            Answers.text(exchange, 503, "too many pages are open; close one");
        }
    }

    private void panel(HttpExchange exchange) throws IOException {
        Optional<PanelSample> panel = board.panel();
        if (panel.isPresent()) {
            Answers.send(exchange, 200, "image/png", panel.get().png());
        } else {
            Answers.text(exchange, 404, "no panel was drawn yet");
        }
    }

    /** A name only: it is looked up among the sources that are known, and leads nowhere else. */
    private void picture(HttpExchange exchange) throws IOException {
        Optional<byte[]> jpeg =
                source(exchange.getRequestURI().getRawQuery())
                        .flatMap(source -> thumbnails.flatMap(pictures -> pictures.of(source)));
        if (jpeg.isPresent()) {
            Answers.send(exchange, 200, "image/jpeg", jpeg.get());
        } else {
            Answers.text(exchange, 404, "there is no picture of this source");
        }
    }

    private static Optional<String> source(String query) {
        for (String part : Optional.ofNullable(query).orElse("").split("&")) {
            if (part.startsWith(SOURCE_QUERY)) {
                return decode(part.substring(SOURCE_QUERY.length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void command(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        byte[] body = exchange.getRequestBody().readNBytes(CommandRequest.MAX_BYTES + 1);
        if (type == null
                || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            Answers.text(exchange, 415, "send application/json");
        } else if (body.length > CommandRequest.MAX_BYTES) {
            Answers.text(
                    exchange, 413, "the body has more than " + CommandRequest.MAX_BYTES + " bytes");
        } else if (commands.isEmpty() || !sending.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "5");
            Answers.text(
                    exchange, 503, "not now: the trainer is starting or commands are on their way");
        } else {
            try {
                send(exchange, body, commands.get());
            } finally {
                sending.release();
            }
        }
    }

    private void send(HttpExchange exchange, byte[] body, Commands sender) throws IOException {
        try {
            CommandRequest asked = CommandRequest.parse(body, mapper);
            if (brokersAreAway()) {
                Answers.text(exchange, 503, "no Kafka broker answers, so nothing was sent");
                return;
            }
            String id = sender.send(board.runId(), asked.kind(), asked.reason());
            Answers.json(exchange, 202, json.pair("id", id));
        } catch (IllegalArgumentException e) {
            Answers.text(exchange, 400, e.getMessage());
        } catch (KafkaException e) {
            Answers.text(exchange, 503, "the broker did not take the command: " + e.getMessage());
        }
    }

    private boolean brokersAreAway() {
        return board.readiness().notices().stream()
                .anyMatch(notice -> notice.kind().equals(Notice.BROKER_AWAY));
    }
}
