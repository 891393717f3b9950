package io.maestream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.schemas.CommandKind;
import io.maestream.schemas.TrainerCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wire format with a real registry, Apicurio's, through its Confluent-compatible API. */
class SchemaRegistryIT {

    private static final Path SERVER = Path.of("target/servers/apicurio");

    @TempDir static Path directory;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Process process;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        int management = freePort();
        Path jar;
        try (var files = Files.list(SERVER)) {
            jar = files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
        }
        process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-Dquarkus.http.host=127.0.0.1",
                                        "-Dquarkus.http.port=" + port,
                                        "-Dquarkus.management.host=127.0.0.1",
                                        "-Dquarkus.management.port=" + management,
                                        "-jar",
                                        jar.toAbsolutePath().toString()))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("registry.log").toFile())
                        .start();
        url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
        // It answers when it has started.
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> send("GET", "/subjects", "").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        process.destroyForcibly();
    }

    @Test
    void shouldWriteAndReadThroughTheRegistry() throws Exception {
        // Given writer and reader that know nothing of each other
        Serializer<TrainerCommand> writer = writer(AvroSerde.serializer(TrainerCommand.class));
        Deserializer<TrainerCommand> reader = reader(AvroSerde.deserializer(TrainerCommand.class));

        // When
        byte[] bytes = writer.serialize("one", command());

        // Then the value names a schema that the registry has under the topic's subject
        assertThat(bytes[0]).isZero();
        int id = ByteBuffer.wrap(bytes).getInt(1);
        assertThat(send("GET", "/schemas/ids/" + id, "").body()).contains("TrainerCommand");
        assertThat(send("GET", "/subjects", "").body()).contains("one-value");
        assertThat(reader.deserialize("one", bytes)).isEqualTo(command());
    }

    @Test
    void shouldReadWhatWasWrittenWithoutARegistryAsWell() {
        Deserializer<TrainerCommand> reader = reader(AvroSerde.deserializer(TrainerCommand.class));

        byte[] bytes = AvroSerde.serializer(TrainerCommand.class).serialize("two", command());

        assertThat(reader.deserialize("two", bytes)).isEqualTo(command());
    }

    @Test
    void shouldReadWhatAnotherVersionWroteUnderItsOwnSchema() {
        // Given a writer of a later version, with one more field
        Schema current = TrainerCommand.getClassSchema();
        Schema later =
                new Schema.Parser()
                        .parse(
                                current.toString()
                                        .replaceFirst(
                                                "\"fields\":\\[",
                                                "\"fields\":[{\"name\":\"added\",\"type\":\"long\","
                                                        + "\"default\":0},"));
        SchemaRegistry registry = SchemaRegistry.open(settings());
        byte[] header = new RegistryFormat(registry).header("three", later);
        byte[] old = AvroSerde.serializer(TrainerCommand.class).serialize("three", command());
        int body = old.length - 10;
        ByteBuffer bytes = ByteBuffer.allocate(header.length + 1 + body);
        bytes.put(header).put((byte) 4).put(old, 10, body);

        // When, Then
        Deserializer<TrainerCommand> reader = reader(AvroSerde.deserializer(TrainerCommand.class));
        assertThat(reader.deserialize("three", bytes.array())).isEqualTo(command());
    }

    @Test
    void shouldExplainWhenTheSchemaIsNotCompatible() throws Exception {
        // Given a subject that holds another record, and must stay readable
        String other =
                "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"TrainerCommand\\\","
                        + "\\\"namespace\\\":\\\"io.maestream.schemas\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"long\\\"}]}\"}";
        send("POST", "/subjects/four-value/versions", other);
        send("PUT", "/config/four-value", "{\"compatibility\":\"BACKWARD\"}");
        Serializer<TrainerCommand> writer = writer(AvroSerde.serializer(TrainerCommand.class));

        // When, Then
        assertThatThrownBy(() -> writer.serialize("four", command()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("four-value")
                .hasMessageContaining("BACKWARD")
                .hasMessageContaining("TrainerCommand");
    }

    @Test
    void shouldRegisterTheSameSchemaOnceForAllWriters() {
        byte[] first =
                writer(AvroSerde.serializer(TrainerCommand.class)).serialize("five", command());
        byte[] second =
                writer(AvroSerde.serializer(TrainerCommand.class)).serialize("five", command());

        assertThat(second).isEqualTo(first);
    }

    private static Serializer<TrainerCommand> writer(Serializer<TrainerCommand> serializer) {
        serializer.configure(settings().asConfigs(), false);
        return serializer;
    }

    private static Deserializer<TrainerCommand> reader(Deserializer<TrainerCommand> deserializer) {
        deserializer.configure(settings().asConfigs(), false);
        return deserializer;
    }

    private static RegistrySettings settings() {
        return RegistrySettings.from(Map.of("schema.registry.url", url)).orElseThrow();
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static TrainerCommand command() {
        return TrainerCommand.newBuilder()
                .setCommandId("a")
                .setRunId("run")
                .setKind(CommandKind.PAUSE)
                .setReason("test")
                .setRequestedAt(Instant.ofEpochSecond(1_700_000_000L))
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
