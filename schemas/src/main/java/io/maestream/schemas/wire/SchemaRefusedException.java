package io.maestream.schemas.wire;

import org.apache.kafka.common.errors.SerializationException;

/** The registry does not take a schema, or not from us: somebody must change something. */
public final class SchemaRefusedException extends SerializationException {

    SchemaRefusedException(String message) {
        super(message);
    }
}
