package io.maestream.trainer.trigger;

import io.maestream.schemas.CheckpointCommitted;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps each run's last committed checkpoint, a table of the topic {@code checkpoints}. */
final class NoteCheckpointProcessor implements Processor<String, CheckpointCommitted, Void, Void> {

    private KeyValueStore<String, CheckpointMark> checkpoints;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        this.checkpoints = context.getStateStore(TriggerStores.CHECKPOINTS);
    }

    @Override
    public void process(Record<String, CheckpointCommitted> record) {
        CheckpointCommitted event = record.value();
        if (event != null) {
            checkpoints.put(event.getRunId(), CheckpointMark.of(event));
        }
    }
}
