package io.maestream.ingest.prepare;

import io.maestream.schemas.RejectedImage;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where a raw record lies. */
record Coordinates(String topic, int partition, long offset) {

    /** Of the record that is being processed. */
    static Coordinates of(ProcessorContext<?, ?> context) {
        RecordMetadata at =
                context.recordMetadata()
                        .orElseThrow(() -> new IllegalStateException("a record without place"));
        return new Coordinates(at.topic(), at.partition(), at.offset());
    }

    static Coordinates of(RejectedImage image) {
        return new Coordinates(image.getTopic(), image.getPartition(), image.getOffset());
    }

    @Override
    public String toString() {
        return "%s-%d-%d".formatted(topic, partition, offset);
    }
}
