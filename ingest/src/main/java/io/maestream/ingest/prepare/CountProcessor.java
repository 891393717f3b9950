package io.maestream.ingest.prepare;

import io.maestream.ingest.prepare.Passage.Dropped;
import io.maestream.ingest.prepare.Passage.Outcome;
import io.maestream.ingest.prepare.Passage.Ready;
import io.maestream.ingest.prepare.Passage.Refused;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.wire.CloudEventHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts every outcome for its source, tells the observer, and sends it where it belongs. Counters
 * go out at an interval, those that changed.
 */
final class CountProcessor implements Processor<String, Passage, String, SpecificRecord> {

    private static final String REJECTED = "io.maestream.image.rejected";

    private final Duration interval;
    private final PrepareObserver observer;
    private final Clock clock;
    private final Set<String> changed = new LinkedHashSet<>();
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, SourceStatus> counters;

    CountProcessor(Duration interval, PrepareObserver observer, Clock clock) {
        this.interval = interval;
        this.observer = observer;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.counters = context.getStateStore(PreparationStores.COUNTERS);
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> publish());
        // What was counted but not yet published before a restart is published now.
        try (KeyValueIterator<String, SourceStatus> all = counters.all()) {
            all.forEachRemaining(entry -> changed.add(entry.key));
        }
    }

    @Override
    public void process(Record<String, Passage> record) {
        Outcome outcome = (Outcome) record.value();
        count(outcome, Instant.ofEpochMilli(Math.max(0, record.timestamp())));
        if (outcome instanceof Ready ready) {
            observer.prepared(ready.image(), ready.bytes());
            context.forward(
                    record.withKey(ready.sourceId())
                            .withValue((SpecificRecord) ready.image())
                            .withHeaders(new RecordHeaders()),
                    PreparationTopology.PREPARED);
        } else if (outcome instanceof Refused refused) {
            observer.rejected(refused.image());
            context.forward(
                    record.withKey(refused.image().getSourceId())
                            .withValue((SpecificRecord) refused.image())
                            .withHeaders(eventHeaders(refused.image())),
                    PreparationTopology.REJECTED);
        } else if (outcome instanceof Dropped dropped) {
            observer.dropped(dropped.sourceId(), dropped.imageId(), dropped.exact());
        }
    }

    private void count(Outcome outcome, Instant time) {
        String source = outcome.sourceId();
        counters.put(source, SourceCounter.after(counters.get(source), outcome, time));
        changed.add(source);
    }

    private void publish() {
        Instant now = clock.instant();
        for (String source : changed) {
            SourceStatus status =
                    SourceStatus.newBuilder(counters.get(source)).setUpdatedAt(now).build();
            observer.counted(status);
            context.forward(
                    new Record<>(source, status, now.toEpochMilli()), PreparationTopology.STATUS);
        }
        changed.clear();
    }

    private static Headers eventHeaders(RejectedImage rejected) {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.add(
                headers,
                Coordinates.of(rejected).toString(),
                REJECTED,
                "/maestream/prepare",
                rejected.getRejectedAt());
        return headers;
    }
}
