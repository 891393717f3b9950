package io.maestream.ingest.prepare;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.wire.CloudEventHeaders;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Gives each raw record to the step and sends what comes out to the sink where it belongs. */
final class PrepareProcessor implements Processor<byte[], byte[], String, SpecificRecord> {

    private static final String REJECTED = "io.maestream.image.rejected";

    private final RawRecordStep step;
    private final PrepareObserver observer;
    private ProcessorContext<String, SpecificRecord> context;

    PrepareProcessor(RawRecordStep step, PrepareObserver observer) {
        this.step = step;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> raw) {
        SpecificRecord result = step.apply(raw.value(), coordinates());
        if (result instanceof PreparedImage prepared) {
            observer.prepared(prepared, raw.value().length);
            context.forward(
                    raw.withKey(prepared.getSourceId())
                            .withValue(result)
                            .withHeaders(new RecordHeaders()),
                    PreparationTopology.PREPARED);
        } else {
            RejectedImage rejected = (RejectedImage) result;
            observer.rejected(rejected);
            context.forward(
                    raw.withKey(rejected.getSourceId())
                            .withValue(result)
                            .withHeaders(eventHeaders(rejected)),
                    PreparationTopology.REJECTED);
        }
    }

    private Coordinates coordinates() {
        RecordMetadata at =
                context.recordMetadata()
                        .orElseThrow(() -> new IllegalStateException("a record without place"));
        return new Coordinates(at.topic(), at.partition(), at.offset());
    }

    private static Headers eventHeaders(RejectedImage rejected) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.add(
                headers,
                "%s-%d-%d"
                        .formatted(
                                rejected.getTopic(), rejected.getPartition(), rejected.getOffset()),
                REJECTED,
                "/maestream/prepare",
                rejected.getRejectedAt());
        return headers;
    }
}
