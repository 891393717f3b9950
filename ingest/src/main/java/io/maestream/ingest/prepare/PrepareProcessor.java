package io.maestream.ingest.prepare;

import static io.maestream.schemas.RejectionReason.DECODE_FAILED;

import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.prepare.Passage.Arrived;
import io.maestream.ingest.prepare.Passage.Dropped;
import io.maestream.ingest.prepare.Passage.Outcome;
import io.maestream.ingest.prepare.Passage.Ready;
import io.maestream.ingest.prepare.Passage.Refused;
import io.maestream.ingest.prepare.Preparation.Prepared;
import io.maestream.ingest.prepare.Preparation.Rejected;
import io.maestream.ingest.prepare.RepeatMemory.Trace;
import io.maestream.ingest.prepare.repeat.LastKept;
import io.maestream.ingest.prepare.repeat.RepeatRule;
import io.maestream.ingest.prepare.repeat.RepeatSettings;
import io.maestream.ingest.prepare.repeat.Thumbnail;
import io.maestream.ingest.prepare.scan.RejectedException;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RawImage;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Prepares what is new: fetches, digests, decodes, compares and encodes, dearest last. */
final class PrepareProcessor implements Processor<String, Passage, String, Passage> {

    private final PreparationSteps steps;
    private final RepeatSettings repeats;
    private ProcessorContext<String, Passage> context;
    private RepeatMemory memory;

    PrepareProcessor(PreparationSteps steps, RepeatSettings repeats) {
        this.steps = steps;
        this.repeats = repeats;
    }

    @Override
    public void init(ProcessorContext<String, Passage> context) {
        this.context = context;
        KeyValueStore<String, byte[]> lastKept = context.getStateStore(PreparationStores.LAST_KEPT);
        this.memory =
                new RepeatMemory(repeats, context.getStateStore(PreparationStores.SEEN), lastKept);
        RepeatRule rule = new RepeatRule(repeats);
        StoreSweep.schedule(
                context, lastKept, (bytes, now) -> rule.isHeartbeat(LastKept.of(bytes), now));
    }

    @Override
    public void process(Record<String, Passage> record) {
        Arrived arrived = (Arrived) record.value();
        context.forward(record.withValue(outcome(arrived, record.timestamp())));
    }

    /** A defect of ours must not stop the stream either: the record stays, the reason is told. */
    private Outcome outcome(Arrived arrived, long time) {
        try {
            return prepared(arrived, time);
        } catch (RejectedException e) {
            return refused(arrived, new Rejected(e.reason(), e.getMessage()));
        } catch (RuntimeException e) {
            return refused(arrived, new Rejected(DECODE_FAILED, "preparation failed on it: " + e));
        }
    }

    private Outcome prepared(Arrived arrived, long time) throws RejectedException {
        RawImage raw = arrived.image();
        byte[] bytes = steps.payloads().bytes(raw);
        Trace trace = new Trace(raw.getSourceId(), raw.getImageId(), digest(raw, bytes), time);
        if (memory.isRepeat(trace)) {
            return new Dropped(trace.sourceId(), trace.imageId(), bytes.length, true);
        }
        try (DecodedImage decoded = steps.preparer().decode(bytes)) {
            Thumbnail thumbnail = decoded.thumbnail();
            if (memory.isSimilar(trace, thumbnail)) {
                memory.pass(trace);
                return new Dropped(trace.sourceId(), trace.imageId(), bytes.length, false);
            }
            Prepared image = decoded.prepared();
            memory.keep(trace, thumbnail);
            return new Ready(record(raw, image, arrived.at()), bytes.length);
        }
    }

    /** What the publisher says, if it does; a wrong one costs only its own source's images. */
    private static String digest(RawImage raw, byte[] bytes) {
        String named = raw.getSha256();
        return named != null && Sha256.isDigest(named) ? named : Sha256.of(bytes);
    }

    private Refused refused(Arrived arrived, Rejected why) {
        return new Refused(
                steps.rejections().of(arrived.image(), why, arrived.at(), arrived.bytes()));
    }

    private static PreparedImage record(RawImage raw, Prepared image, Coordinates at) {
        return PreparedImage.newBuilder()
                .setImageId(raw.getImageId())
                .setSourceId(raw.getSourceId())
                .setSequence(raw.getSequence())
                .setCapturedAt(raw.getCapturedAt())
                .setWidth(image.width())
                .setHeight(image.height())
                .setChannels(image.channels())
                .setFormat(image.format())
                .setPayload(ByteBuffer.wrap(image.bytes()))
                .setRawPartition(at.partition())
                .setRawOffset(at.offset())
                .build();
    }
}
