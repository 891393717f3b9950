package io.maestream.trainer.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The description against what is served. */
class OpenApiTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode description = read();
    private final TrainingBoard board = new TrainingBoard("run", Clock.systemUTC());

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        // Given every route but the page's files
        List<String> served;
        ExecutorService writers = Executors.newSingleThreadExecutor();
        try {
            served =
                    handler(writers).routes().stream()
                            .filter(
                                    r ->
                                            r.path().startsWith("/api/")
                                                    || !r.path().matches("/|.*\\..*"))
                            .map(r -> r.method() + " " + r.path())
                            .toList();
        } finally {
            writers.shutdownNow();
        }

        // Then the description has the same
        List<String> described = new ArrayList<>();
        description
                .get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .fieldNames()
                                        .forEachRemaining(
                                                method ->
                                                        described.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));
        assertThat(new TreeSet<>(described)).isEqualTo(new TreeSet<>(served));
    }

    @Test
    void shouldDescribeEveryFieldOfTheState() throws IOException {
        // Given a state with everything in it
        board.started("run", Optional.empty());
        board.stepped(Happenings.step(1, 0.5f));
        board.committed(Happenings.committed(1));
        board.panel(Happenings.panel(1));
        board.checkpointLate("run-2", "No space left on device", Duration.ofSeconds(1));
        board.members(new Group(List.of(new Group.Member("host-1", "10.0.0.1", true))));
        board.latest(Happenings.committed(1));

        // Then each of its fields is described, and each required one is there
        JsonNode state = MAPPER.readTree(new DashboardJson("host-1").state(board));
        holds(state, schema("State"), "state");
    }

    private void holds(JsonNode value, JsonNode schema, String where) {
        JsonNode resolved =
                schema.has("$ref")
                        ? schema(schema.get("$ref").asText().replaceFirst(".*/", ""))
                        : schema;
        if (value.isObject() && resolved.has("properties")) {
            value.properties()
                    .forEach(
                            field -> {
                                JsonNode property = resolved.get("properties").get(field.getKey());
                                assertThat(property).as("%s.%s", where, field.getKey()).isNotNull();
                                holds(field.getValue(), property, where + "." + field.getKey());
                            });
            resolved.path("required")
                    .forEach(
                            name ->
                                    assertThat(value.has(name.asText()))
                                            .as(where + "." + name)
                                            .isTrue());
        } else if (value.isArray()) {
            value.forEach(item -> holds(item, resolved.get("items"), where + "[]"));
        } else {
            assertThat(resolved.has("type")).as(where).isTrue();
        }
    }

    private JsonNode schema(String name) {
        return description.at("/components/schemas/" + name);
    }

    private DashboardHandler handler(ExecutorService writers) {
        Admittance readers = new Admittance(Optional.empty());
        DashboardHandler.Gate gate =
                new DashboardHandler.Gate(
                        readers, new ChangeGuard(readers, Optional.empty(), new SecureRandom()));
        DashboardJson json = new DashboardJson("host-1");
        return new DashboardHandler(
                new DashboardHandler.Parts(
                        board,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        new Api(board, new Pages(1, writers), json, gate.changes()),
                        json,
                        gate));
    }

    private static JsonNode read() {
        try {
            return MAPPER.readTree(OpenApiTest.class.getResourceAsStream("openapi.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
