/** The Kafka Streams topology that prepares or rejects every image. */
package io.maestream.ingest.prepare;
