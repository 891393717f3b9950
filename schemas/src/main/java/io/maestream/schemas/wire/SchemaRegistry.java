package io.maestream.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Schemas by id and ids by schema, from a registry, each asked for once. Safe for use by several
 * threads.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">
 *     Confluent's REST API</a>
 */
final class SchemaRegistry {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Avro's generated classes tell Java, and nobody else. */
    private static final String JAVA_STRING = "avro.java.string";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final long UNKNOWN_FOR_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MAX_UNKNOWN = 1000;

    private final RegistrySettings settings;
    private final RegistryHttp http;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknown = new ConcurrentHashMap<>();
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();

    SchemaRegistry(RegistrySettings settings, RegistryHttp.Pause pause) {
        this.settings = settings;
        this.http = new RegistryHttp(settings, pause);
    }

    static SchemaRegistry open(RegistrySettings settings) {
        return new SchemaRegistry(
                settings, millis -> new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS));
    }

    /**
     * The id of a schema under a subject; registers it if that is allowed.
     *
     * @throws SchemaRefusedException if it is not compatible, or not allowed; says what to do
     * @throws RegistryUnavailableException if the registry does not answer
     */
    int id(String subject, Schema schema) {
        String key = subject + " " + SchemaNormalization.parsingFingerprint64(schema);
        Integer known = ids.get(key);
        if (known == null) {
            known = ask(subject, schema);
            ids.put(key, known);
            schemas.putIfAbsent(known, schema);
        }
        return known;
    }

    /**
     * The schema of an id.
     *
     * @throws SerializationException if there is none
     * @throws RegistryUnavailableException if the registry does not answer
     */
    Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Long asked = unknown.get(id);
        if (asked != null && System.nanoTime() - asked < UNKNOWN_FOR_NANOS) {
            throw none(id);
        }
        Schema found = fetch(id);
        schemas.put(id, found);
        return found;
    }

    private Schema fetch(int id) {
        RegistryHttp.Answer answer = http.get("/schemas/ids/" + Integer.toUnsignedString(id));
        requireAllowed(answer);
        if (answer.status() == NOT_FOUND) {
            if (unknown.size() >= MAX_UNKNOWN) {
                unknown.clear();
            }
            unknown.put(id, System.nanoTime());
            throw none(id);
        }
        try {
            return new Schema.Parser().parse(answer.body().path("schema").asText());
        } catch (SchemaParseException e) {
            throw new SerializationException(
                    "schema %d of the registry at %s is no Avro schema: %s"
                            .formatted(id, settings.url(), e.getMessage()),
                    e);
        }
    }

    private SerializationException none(int id) {
        return new SerializationException(
                "the registry at %s has no schema %d; does schema.registry.url name the writer's?"
                        .formatted(settings.url(), id));
    }

    private int ask(String subject, Schema schema) {
        ObjectNode body = JSON.createObjectNode().put("schema", text(schema));
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
        RegistryHttp.Answer answer =
                http.post(settings.register() ? path + "/versions" : path, body);
        requireAllowed(answer);
        if (answer.status() == CONFLICT) {
            throw new SchemaRefusedException(incompatible(subject, schema, answer));
        }
        if (!answer.ok() || !answer.body().path("id").isInt()) {
            throw new SchemaRefusedException(
                    "the registry at %s has no id for %s under %s (%d: %s)%s"
                            .formatted(
                                    settings.url(),
                                    schema.getName(),
                                    subject,
                                    answer.status(),
                                    answer.message(),
                                    settings.register()
                                            ? ""
                                            : "; register it, or set schema.registry.register"));
        }
        return answer.body().path("id").asInt();
    }

    private String incompatible(String subject, Schema schema, RegistryHttp.Answer answer) {
        RegistryHttp.Answer config =
                http.get(
                        "/config/"
                                + URLEncoder.encode(subject, StandardCharsets.UTF_8)
                                + "?defaultToGlobal=true");
        String level = config.body().path("compatibilityLevel").asText("its");
        return ("%s of this version is not compatible with what %s holds under %s, by %s"
                        + " compatibility: %s. Upgrade readers or writers in the order that the level"
                        + " asks for, or give this installation topics or a registry of its own")
                .formatted(schema.getName(), settings.url(), subject, level, answer.message());
    }

    private void requireAllowed(RegistryHttp.Answer answer) {
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            throw new SchemaRefusedException(
                    "the registry at %s refuses us (%d): check schema.registry.user and"
                                    .formatted(settings.url(), answer.status())
                            + " schema.registry.password");
        }
    }

    /** Without what only Java's generated classes need: other languages register the same text. */
    static String text(Schema schema) {
        try {
            JsonNode json = JSON.readTree(schema.toString());
            strip(json);
            return json.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("a schema's own text is JSON", e);
        }
    }

    private static void strip(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove(JAVA_STRING);
        }
        json.forEach(SchemaRegistry::strip);
    }
}
