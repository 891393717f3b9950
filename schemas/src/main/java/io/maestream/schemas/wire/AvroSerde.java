package io.maestream.schemas.wire;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro records as values of Kafka records, in Avro's single-object encoding, or, where the client's
 * configuration names a schema registry, in Confluent's wire format. A null value is a tombstone
 * and stays null.
 *
 * <p>A reader accepts both, and every released version of its record. Bytes that it cannot read
 * give a {@link org.apache.kafka.common.errors.SerializationException} that names the topic and the
 * reason.
 */
public final class AvroSerde {

    private AvroSerde() {}

    /** Both directions. */
    public static <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }

    /** Writes with the schema that the generated class carries. */
    public static <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        Schema schema = SpecificData.get().getSchema(type);
        return new AvroSerializer<>(type, schema, singleObject(schema));
    }

    /** Reads any version of the record into the generated class. */
    public static <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        Schema schema = SpecificData.get().getSchema(type);
        return new AvroDeserializer<>(
                type, schema, List.of(singleObject(schema), new RegistryFormat()));
    }

    private static WireFormat singleObject(Schema current) {
        List<Schema> versions = new ArrayList<>(KnownSchemas.versions(current.getFullName()));
        versions.add(current);
        return new SingleObjectFormat(versions);
    }
}
