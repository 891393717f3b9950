package io.maestream.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Requests to a registry: JSON, basic authentication, retries with a growing pause. */
final class RegistryHttp {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 6;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    /** No schema is larger, and no error message. */
    private static final int MAX_BYTES = 4 << 20;

    private final RegistrySettings settings;
    private final Pause pause;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    /** Waits between attempts. */
    @FunctionalInterface
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    /**
     * @param status of HTTP
     * @param body JSON, or nothing
     */
    record Answer(int status, JsonNode body) {

        boolean ok() {
            return status / 100 == 2;
        }

        /** What the registry says is wrong. */
        String message() {
            return body.path("message").asText("no reason given");
        }
    }

    RegistryHttp(RegistrySettings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
    }

    /**
     * @throws RegistryUnavailableException if no attempt was answered
     */
    Answer get(String path) {
        return send(request(path).GET().build());
    }

    /**
     * @throws RegistryUnavailableException if no attempt was answered
     */
    Answer post(String path, JsonNode body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString("" + body)).build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.url() + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", TYPE)
                        .header("Accept", TYPE + ", application/json");
        if (!settings.user().isEmpty()) {
            String user = settings.user() + ":" + settings.password();
            byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        return request;
    }

    private Answer send(HttpRequest request) {
        Exception last = null;
        String why = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (attempt > 0) {
                    long most = FIRST_PAUSE_MILLIS << attempt;
                    pause.millis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
                }
                Answer answer = once(request);
                if (answer.status() < SERVER_ERROR && answer.status() != TOO_MANY_REQUESTS) {
                    return answer;
                }
                why = "answers " + answer.status();
            } catch (IOException e) {
                last = e;
                why = "does not answer: " + e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RegistryUnavailableException("interrupted", e);
            }
        }
        throw new RegistryUnavailableException(
                "the schema registry at %s %s (%d attempts); is schema.registry.url right?"
                        .formatted(settings.url(), why, ATTEMPTS),
                last);
    }

    private Answer once(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("an answer of more than " + MAX_BYTES + " bytes");
            }
            return new Answer(response.statusCode(), json(bytes));
        }
    }

    /** A proxy's page of an error is no JSON, and its status says enough. */
    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
