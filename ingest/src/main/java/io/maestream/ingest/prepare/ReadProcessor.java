package io.maestream.ingest.prepare;

import io.maestream.ingest.prepare.Passage.Outcome;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Parses each record; what does not parse is refused. */
final class ReadProcessor implements Processor<byte[], byte[], String, Passage> {

    private final RawRecordReader reader;
    private ProcessorContext<String, Passage> context;

    ReadProcessor(RawRecordReader reader) {
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, Passage> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> raw) {
        Passage passage = reader.read(raw.value(), Coordinates.of(context));
        context.forward(
                raw.withKey((String) null).withValue(passage),
                passage instanceof Outcome ? PreparationTopology.COUNT : PreparationTopology.QUOTA);
    }
}
