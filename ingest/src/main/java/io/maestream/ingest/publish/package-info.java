/** Images onto Kafka: the publisher and its back-pressure. */
package io.maestream.ingest.publish;
