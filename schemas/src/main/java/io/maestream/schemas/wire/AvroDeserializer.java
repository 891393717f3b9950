package io.maestream.schemas.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Bytes to Avro records, whatever version wrote them; safe for use by several threads. */
final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final Schema reader;
    private volatile List<WireFormat> formats;
    private final SpecificData data;
    private final Map<Schema, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();

    AvroDeserializer(Class<T> type, Schema reader, List<WireFormat> formats) {
        this.reader = reader;
        this.formats = List.copyOf(formats);
        this.data = SpecificData.getForClass(type);
    }

    /** With a registry in the client's configuration, reads the registry's format as well. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        RegistrySettings.from(configs)
                .map(SchemaRegistry::open)
                .ifPresent(registry -> formats = with(new RegistryFormat(registry)));
    }

    private List<WireFormat> with(RegistryFormat registry) {
        return formats.stream()
                .map(format -> format instanceof RegistryFormat ? registry : format)
                .toList();
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        WireFormat.Writer writer = format(topic, bytes).writer(topic, bytes);
        BoundedDecoder body = new BoundedDecoder(bytes, writer.bodyStart());
        T value = read(topic, writer.schema(), body);
        if (body.remaining() > 0) {
            throw new SerializationException(
                    "record on %s has %d bytes after its %s"
                            .formatted(topic, body.remaining(), reader.getName()));
        }
        return value;
    }

    private T read(String topic, Schema writer, BoundedDecoder body) {
        try {
            return readers.computeIfAbsent(
                            writer, schema -> new SpecificDatumReader<>(schema, reader, data))
                    .read(null, body);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "record on %s is no readable %s: %s"
                            .formatted(topic, reader.getName(), reason(e)),
                    e);
        }
    }

    /** Bytes that are no Avro end in many exceptions; only Avro's own have a telling message. */
    private static String reason(Exception e) {
        return e instanceof IOException || e instanceof AvroRuntimeException
                ? e.getMessage()
                : e.toString();
    }

    private WireFormat format(String topic, byte[] bytes) {
        return formats.stream()
                .filter(format -> format.recognises(bytes))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SerializationException(
                                        "record on %s (%d bytes) is not Avro single-object encoding:"
                                                        .formatted(topic, bytes.length)
                                                + " it does not begin with C3 01; find who writes"
                                                + " to the topic"));
    }
}
