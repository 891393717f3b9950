package io.maestream.ingest.upload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.access.BearerToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers one request after the other; each has a thread of its own while it lasts. */
final class UploadHandler implements HttpHandler {

    private static final int ACCEPTED = 202;
    private static final int TRY_LATER = 429;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_SECONDS = "5";

    private final BearerToken token;
    private final Admission admission;
    private final UploadPublisher publisher;
    private final UploadSettings.Limits limits;
    private final UploadObserver observer;

    UploadHandler(
            BearerToken token,
            Admission admission,
            UploadPublisher publisher,
            UploadSettings.Limits limits,
            UploadObserver observer) {
        this.token = token;
        this.admission = admission;
        this.publisher = publisher;
        this.limits = limits;
        this.observer = observer;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                List<SourceImage> images = accept(exchange);
                answer(exchange, ACCEPTED, accepted(images));
                observer.accepted(images.size());
            } catch (RefusedException e) {
                refuse(exchange, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                refuse(exchange, RefusedException.unavailable("this server is stopping"));
            } catch (RuntimeException e) {
                observer.failed(e);
                refuse(exchange, new RefusedException(500, "internal", "see the server's log"));
            }
        }
    }

    private List<SourceImage> accept(HttpExchange exchange)
            throws RefusedException, IOException, InterruptedException {
        if (!exchange.getRequestURI().getPath().equals(UploadServer.PATH)) {
            throw new RefusedException(404, "not_found", "images go to " + UploadServer.PATH);
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            throw new RefusedException(405, "method_not_allowed", "images come by POST");
        }
        if (!token.isShownBy(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw RefusedException.unauthorized();
        }
        UploadQuery query = UploadQuery.of(exchange.getRequestURI());
        UploadBody body =
                new UploadBody(
                        exchange.getRequestHeaders(),
                        limits.bodyBytes(),
                        publisher.maxImageBytes());
        try (Admission.Ticket ticket = admission.enter(body.size())) {
            List<byte[]> images = body.read(exchange);
            ticket.waitsForBrokers();
            return publisher.publish(images, query);
        }
    }

    private void refuse(HttpExchange exchange, RefusedException reason) throws IOException {
        observer.refused(reason.status(), reason.getMessage());
        // The body may be unread: nothing more can come over this connection.
        exchange.getResponseHeaders().set("Connection", "close");
        if (reason.status() == TRY_LATER || reason.status() == UNAVAILABLE) {
            exchange.getResponseHeaders().set("Retry-After", RETRY_SECONDS);
        }
        if (reason.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("error", reason.error());
        json.put("detail", reason.getMessage());
        answer(exchange, reason.status(), json);
    }

    private static ObjectNode accepted(List<SourceImage> images) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("accepted");
        for (SourceImage image : images) {
            list.addObject()
                    .put("source", image.sourceId())
                    .put("id", image.imageId())
                    .put("bytes", image.size());
        }
        return json;
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode json)
            throws IOException {
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
