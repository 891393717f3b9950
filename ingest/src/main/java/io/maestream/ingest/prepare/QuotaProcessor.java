package io.maestream.ingest.prepare;

import io.maestream.ingest.prepare.Passage.Arrived;
import io.maestream.ingest.prepare.Passage.Refused;
import io.maestream.ingest.prepare.Preparation.Rejected;
import io.maestream.ingest.prepare.quota.QuotaSettings;
import io.maestream.ingest.prepare.quota.TokenBucket;
import io.maestream.schemas.RejectionReason;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Refuses what a source sends above its quota, before anything is spent on it. */
final class QuotaProcessor implements Processor<String, Passage, String, Passage> {

    private final QuotaSettings quota;
    private final Rejections rejections;
    private ProcessorContext<String, Passage> context;
    private KeyValueStore<String, byte[]> buckets;

    QuotaProcessor(QuotaSettings quota, Rejections rejections) {
        this.quota = quota;
        this.rejections = rejections;
    }

    @Override
    public void init(ProcessorContext<String, Passage> context) {
        this.context = context;
        this.buckets = context.getStateStore(PreparationStores.BUCKETS);
        StoreSweep.schedule(
                context, buckets, (bytes, now) -> TokenBucket.of(bytes).isFull(quota, now));
    }

    @Override
    public void process(Record<String, Passage> record) {
        Arrived arrived = (Arrived) record.value();
        if (!quota.isSet() || granted(arrived.image().getSourceId(), record.timestamp())) {
            context.forward(record, PreparationTopology.PREPARE);
            return;
        }
        Rejected why =
                new Rejected(
                        RejectionReason.QUOTA,
                        ("its source sends more than prepare.quota.images.per.second, %s; slow the"
                                        + " source down or raise the quota, then: maestream"
                                        + " rejected retry --reason QUOTA")
                                .formatted(quota.imagesPerSecond()));
        context.forward(
                record.withValue(
                        new Refused(
                                rejections.of(
                                        arrived.image(), why, arrived.at(), arrived.bytes()))),
                PreparationTopology.COUNT);
    }

    private boolean granted(String sourceId, long time) {
        byte[] stored = buckets.get(sourceId);
        TokenBucket bucket =
                stored == null ? TokenBucket.full(quota, time) : TokenBucket.of(stored);
        TokenBucket.Answer answer = bucket.take(quota, time);
        buckets.put(sourceId, answer.bucket().bytes());
        return answer.granted();
    }
}
