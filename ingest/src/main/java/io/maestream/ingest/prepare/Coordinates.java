package io.maestream.ingest.prepare;

/** Where a raw record lies. */
record Coordinates(String topic, int partition, long offset) {}
