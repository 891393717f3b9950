package io.maestream.schemas.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The schema registries' format: a zero byte, a 4-byte schema id (big-endian), the body. Without a
 * registry it is recognised, so that a reader can say what it needs. The subject of a topic's
 * values is {@code TOPIC-value}.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent's wire format</a>
 */
final class RegistryFormat implements WireFormat {

    private static final byte MAGIC = 0;
    private static final int HEADER = 1 + Integer.BYTES;

    private final Optional<SchemaRegistry> registry;

    /** Reads and writes nothing. */
    RegistryFormat() {
        this.registry = Optional.empty();
    }

    RegistryFormat(SchemaRegistry registry) {
        this.registry = Optional.of(registry);
    }

    @Override
    public boolean recognises(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == MAGIC;
    }

    @Override
    public byte[] header(String topic, Schema schema) {
        int id = registry(topic).id(topic + "-value", schema);
        return ByteBuffer.allocate(HEADER).put(MAGIC).putInt(id).array();
    }

    @Override
    public Writer writer(String topic, byte[] bytes) {
        SchemaRegistry known = registry(topic);
        if (bytes.length < HEADER) {
            throw new SerializationException(
                    "record on %s has %d bytes, fewer than the %d of a registry's header"
                            .formatted(topic, bytes.length, HEADER));
        }
        return new Writer(known.schema(ByteBuffer.wrap(bytes).getInt(1)), HEADER);
    }

    private SchemaRegistry registry(String topic) {
        return registry.orElseThrow(
                () ->
                        new SerializationException(
                                "record on "
                                        + topic
                                        + " names its schema by a schema registry's id (first byte"
                                        + " 0): set schema.registry.url"));
    }
}
