package io.maestream.schemas.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Avro's single-object encoding: {@code C3 01}, then the CRC-64-AVRO fingerprint of the schema's
 * parsing canonical form, little-endian, then the body.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro
 *     specification</a>
 */
final class SingleObjectFormat implements WireFormat {

    private static final byte MAGIC_0 = (byte) 0xC3;
    private static final byte MAGIC_1 = (byte) 0x01;
    private static final int HEADER = 2 + Long.BYTES;

    private final Map<Long, Schema> known;

    /** To normalise a schema takes longer than to write a small record. */
    private final Map<Schema, Long> fingerprints = new ConcurrentHashMap<>();

    /** Reads what was written with any of these schemas. */
    SingleObjectFormat(Collection<Schema> schemas) {
        known =
                schemas.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        SchemaNormalization::parsingFingerprint64,
                                        schema -> schema,
                                        (first, second) -> first));
    }

    @Override
    public boolean recognises(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == MAGIC_0 && bytes[1] == MAGIC_1;
    }

    @Override
    public byte[] header(String topic, Schema schema) {
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC_0)
                .put(MAGIC_1)
                .putLong(
                        fingerprints.computeIfAbsent(
                                schema, SchemaNormalization::parsingFingerprint64))
                .array();
    }

    @Override
    public Writer writer(String topic, byte[] bytes) {
        if (bytes.length < HEADER) {
            throw new SerializationException(
                    "record on %s has %d bytes, fewer than the %d of a single-object header"
                            .formatted(topic, bytes.length, HEADER));
        }
        long fingerprint =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(HEADER - Long.BYTES);
        Schema schema = known.get(fingerprint);
        if (schema == null) {
            throw new SerializationException(
                    "record on %s was written with schema %016x, which this version does not know;"
                                    .formatted(topic, fingerprint)
                            + " upgrade this program, or find who writes to the topic");
        }
        return new Writer(schema, HEADER);
    }
}
