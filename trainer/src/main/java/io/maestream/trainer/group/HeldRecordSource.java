package io.maestream.trainer.group;

import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.RecordSource;
import io.maestream.trainer.feed.StreamRecord;
import java.time.Duration;
import java.util.List;

/** A record source that fails as soon as the partitions it reads belong to another trainer. */
public record HeldRecordSource(RecordSource source, Ownership ownership) implements RecordSource {

    @Override
    public List<StreamRecord> poll(boolean wanted, Duration patience) {
        List<StreamRecord> records = source.poll(wanted, patience);
        ownership.requireHeld();
        return records;
    }

    @Override
    public List<Gap> passedOver() {
        return source.passedOver();
    }

    @Override
    public long lag() {
        return source.lag();
    }
}
