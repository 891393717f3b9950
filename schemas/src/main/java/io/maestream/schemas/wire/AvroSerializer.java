package io.maestream.schemas.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
            byte[] header = format.header(topic, schema);
            Counted counted = new Counted();
            write(value, counted);
            Sized out = new Sized(header.length + counted.bytes);
            out.writeBytes(header);
            write(value, out);
            return out.whole();
        } catch (IOException | AvroRuntimeException | ArithmeticException | ClassCastException e) {
            throw new SerializationException(
                    "cannot write a %s for %s: %s"
                            .formatted(schema.getName(), topic, e.getMessage()),
                    e);
        }
    }

    private void write(T value, OutputStream out) throws IOException {
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        writer.write(value, encoder);
    }

    /**
     * Finds a record's size. It copies nothing, and spares images the copies of a growing buffer.
     */
    private static final class Counted extends OutputStream {
        private int bytes;

        @Override
        public void write(int value) {
            bytes = Math.addExact(bytes, 1);
        }

        @Override
        public void write(byte[] values, int offset, int length) {
            bytes = Math.addExact(bytes, length);
        }
    }

    /** A buffer that is full at the end, and so needs no last copy. */
    private static final class Sized extends ByteArrayOutputStream {

        Sized(int size) {
            super(size);
        }

        byte[] whole() {
            return count == buf.length ? buf : toByteArray();
        }
    }
}
