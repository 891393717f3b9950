package io.maestream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.maestream.schemas.TrainerCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the format behaves when a registry answers this or that. */
class RegistryFormatTest {

    private static final String TOPIC = "training.commands";
    private static final Schema SCHEMA = TrainerCommand.getClassSchema();

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private HttpServer server;

    private record Reply(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldAskForAnIdOnceAndPutItBeforeTheBody() {
        replies.add(new Reply(200, "{\"id\":258}"));
        RegistryFormat format = format("", "", true);

        byte[] first = format.header(TOPIC, SCHEMA);
        byte[] second = format.header(TOPIC, SCHEMA);

        assertThat(first).isEqualTo(new byte[] {0, 0, 0, 1, 2}).isEqualTo(second);
        assertThat(asked).containsExactly("POST /subjects/training.commands-value/versions null");
    }

    @Test
    void shouldOnlyLookUpWhenItMayNotRegister() {
        replies.add(new Reply(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));

        assertThatThrownBy(() -> format("", "", false).header(TOPIC, SCHEMA))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("Schema not found")
                .hasMessageContaining("schema.registry.register");
        assertThat(asked).containsExactly("POST /subjects/training.commands-value null");
    }

    @Test
    void shouldSayWhichLevelASchemaBreaksWhenItIsNotCompatible() {
        replies.add(new Reply(409, "{\"error_code\":409,\"message\":\"READER_FIELD_MISSING\"}"));
        replies.add(new Reply(200, "{\"compatibilityLevel\":\"BACKWARD\"}"));

        assertThatThrownBy(() -> format("", "", true).header(TOPIC, SCHEMA))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("TrainerCommand")
                .hasMessageContaining("BACKWARD")
                .hasMessageContaining("READER_FIELD_MISSING");
    }

    @Test
    void shouldSendUserAndPasswordAndNeverShowThem() {
        replies.add(new Reply(401, "no json"));

        assertThatThrownBy(() -> format("anna", "secret-word", true).header(TOPIC, SCHEMA))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("schema.registry.password")
                .hasMessageNotContaining("secret-word");
        assertThat(asked.get(0)).endsWith("Basic YW5uYTpzZWNyZXQtd29yZA==");
        assertThat(settings("anna", "secret-word", true).toString()).doesNotContain("secret-word");
    }

    @Test
    void shouldTryAgainWithGrowingPausesWhenTheRegistryFails() {
        replies.add(new Reply(503, ""));
        replies.add(new Reply(500, "<html>"));
        replies.add(new Reply(429, ""));
        replies.add(new Reply(200, "{\"id\":1}"));

        assertThat(format("", "", true).header(TOPIC, SCHEMA)).endsWith(1);
        assertThat(pauses).hasSize(3).isSorted();
    }

    @Test
    void shouldSayThatItIsAwayAndBlameNoRecordWhenNobodyAnswers() {
        server.stop(0);

        assertThatThrownBy(() -> format("", "", true).writer(TOPIC, new byte[] {0, 0, 0, 0, 7, 1}))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("schema.registry.url");
        assertThat(pauses).hasSize(5);
    }

    @Test
    void shouldAskForASchemaOnceAlsoWhenThereIsNone() {
        replies.add(new Reply(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
        RegistryFormat format = format("", "", true);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> format.writer(TOPIC, new byte[] {0, 0, 0, 0, 7, 1}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("no schema 7");
        }
        assertThat(asked).containsExactly("GET /schemas/ids/7 null");
    }

    @Test
    void shouldRefuseWhatIsTooShortAndWhatIsNoSchema() {
        RegistryFormat format = format("", "", true);
        assertThatThrownBy(() -> format.writer(TOPIC, new byte[] {0, 0, 0}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("3 bytes");

        replies.add(new Reply(200, "{\"schema\":\"{}\"}"));
        assertThatThrownBy(() -> format.writer(TOPIC, new byte[] {0, 0, 0, 0, 9}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no Avro schema");
    }

    @Test
    void shouldRegisterTheSchemaWithoutWhatOnlyJavaNeeds() {
        String text = SchemaRegistry.text(SCHEMA);

        assertThat(SCHEMA.toString()).contains("avro.java.string");
        assertThat(text).doesNotContain("avro.java.string");
        assertThat(new Schema.Parser().parse(text).getFullName()).isEqualTo(SCHEMA.getFullName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "ftp://x", "http://user:pw@host", "http:// x"})
    void shouldRefuseWhatIsNoUrl(String url) {
        assertThatThrownBy(() -> RegistrySettings.from(Map.of("schema.registry.url", url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    private RegistryFormat format(String user, String password, boolean register) {
        return new RegistryFormat(
                new SchemaRegistry(settings(user, password, register), pauses::add));
    }

    private RegistrySettings settings(String user, String password, boolean register) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new RegistrySettings(url, user, password, register);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        asked.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
        Reply reply = replies.isEmpty() ? new Reply(500, "") : replies.poll();
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
