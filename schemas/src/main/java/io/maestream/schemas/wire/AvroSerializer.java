package io.maestream.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/** Avro records to bytes; safe for use by several threads. */
final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private final Schema schema;
    private volatile WireFormat format;
    private final SpecificDatumWriter<T> writer;

    AvroSerializer(Class<T> type, Schema schema, WireFormat format) {
        this.schema = schema;
        this.format = format;
        this.writer = new SpecificDatumWriter<>(schema, SpecificData.getForClass(type));
    }

    /** With a registry in the client's configuration, writes the registry's format from now on. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        RegistrySettings.from(configs)
                .map(SchemaRegistry::open)
                .ifPresent(registry -> format = new RegistryFormat(registry));
    }

    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(512);
            out.writeBytes(format.header(topic, schema));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(value, encoder);
            return out.toByteArray();
        } catch (IOException | AvroRuntimeException | ClassCastException e) {
            throw new SerializationException(
                    "cannot write a %s for %s: %s"
                            .formatted(schema.getName(), topic, e.getMessage()),
                    e);
        }
    }
}
