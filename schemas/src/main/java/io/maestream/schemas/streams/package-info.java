/**
 * Runs a Kafka Streams topology under supervision: when it starts, what it survives, how it ends.
 */
package io.maestream.schemas.streams;
