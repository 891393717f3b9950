/** The wire format: Avro values as bytes in Kafka records, and event headers. */
package io.maestream.schemas.wire;
