package io.maestream.schemas.wire;

import org.apache.avro.Schema;

/**
 * How the bytes of a value name the schema they were written with. Each format has its own magic
 * first byte, so that a reader can tell them apart and read both from one topic.
 */
interface WireFormat {

    /** Whether these bytes begin as this format's do. */
    boolean recognises(byte[] bytes);

    /**
     * The bytes that precede a body written with this schema.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the schema is not known
     */
    byte[] header(String topic, Schema schema);

    /**
     * The schema that wrote these bytes, and where their body begins.
     *
     * @throws org.apache.kafka.common.errors.SerializationException if the header is cut short or
     *     names an unknown schema
     */
    Writer writer(String topic, byte[] bytes);

    /**
     * @param schema the schema that the body was written with
     * @param bodyStart index of the body's first byte
     */
    record Writer(Schema schema, int bodyStart) {}
}
