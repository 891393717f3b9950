package io.maestream.schemas.wire;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The schema registries' format (a zero byte, a 4-byte schema id, the body): recognised, so that a
 * reader without a registry can say what it needs.
 */
final class RegistryFormat implements WireFormat {

    private static final byte MAGIC = 0;

    @Override
    public boolean recognises(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == MAGIC;
    }

    @Override
    public byte[] header(String topic, Schema schema) {
        throw unsupported(topic);
    }

    @Override
    public Writer writer(String topic, byte[] bytes) {
        throw unsupported(topic);
    }

    private static SerializationException unsupported(String topic) {
        return new SerializationException(
                "record on "
                        + topic
                        + " names its schema by a schema registry's id (first byte 0); reading it"
                        + " needs schema.registry.url, which this version does not support:"
                        + " write Avro single-object encoding instead");
    }
}
