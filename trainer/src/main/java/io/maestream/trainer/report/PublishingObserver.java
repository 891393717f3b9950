package io.maestream.trainer.report;

import io.maestream.schemas.ReconstructionSample;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.feed.BadRecord;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes steps, panels and left-out records on their topics. What it publishes is a report, not
 * part of the lineage: a failure is logged once and never stops the training.
 */
public final class PublishingObserver implements TrainingObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PublishingObserver.class);

    private final Producer<String, byte[]> producer;
    private final String runId;
    private final Clock clock;
    private final Serializer<StepMetrics> metrics;
    private final Serializer<ReconstructionSample> samples;
    private final Serializer<RejectedImage> rejections;
    private final AtomicBoolean failed = new AtomicBoolean();

    /**
     * @param overrides of the producer's configuration
     */
    public PublishingObserver(
            KafkaClients clients, Map<String, Object> overrides, String runId, Clock clock) {
        this.producer = clients.producer(new ByteArraySerializer(), overrides);
        this.metrics = clients.writer(AvroSerde.serializer(StepMetrics.class));
        this.samples = clients.writer(AvroSerde.serializer(ReconstructionSample.class));
        this.rejections = clients.writer(AvroSerde.serializer(RejectedImage.class));
        this.runId = runId;
        this.clock = clock;
    }

    @Override
    public void stepped(StepReport step) {
        double stepMillis = step.timing().step().toNanos() / 1e6;
        double waitMillis = step.timing().dataWait().toNanos() / 1e6;
        int images = step.sourceIds().size();
        StepMetrics value =
                StepMetrics.newBuilder()
                        .setRunId(runId)
                        .setStep(step.progress().step())
                        .setImagesSeen(step.progress().imagesSeen())
                        .setAt(clock.instant())
                        .setLoss(step.result().loss())
                        .setGradientNorm(step.result().gradientNorm())
                        .setLearningRate(step.learningRate())
                        .setBatchSize(images)
                        .setStepMillis(stepMillis)
                        .setDataWaitMillis(waitMillis)
                        .setImagesPerSecond(images * 1e3 / Math.max(1e-3, stepMillis + waitMillis))
                        .setLag(step.lag())
                        .setSkipped(!step.result().applied())
                        .setSourceLosses(meanPerSource(step))
                        .build();
        send(Topics.TRAINING_METRICS, runId, metrics.serialize(Topics.TRAINING_METRICS, value));
    }

    @Override
    public void panel(PanelSample panel) {
        ReconstructionSample sample =
                ReconstructionSample.newBuilder()
                        .setRunId(runId)
                        .setStep(panel.step())
                        .setCheckpointId(panel.checkpointId().orElse(null))
                        .setAt(clock.instant())
                        .setSourceIds(panel.sourceIds())
                        .setLoss(panel.loss())
                        .setPng(ByteBuffer.wrap(panel.png()))
                        .build();
        String topic = Topics.TRAINING_RECONSTRUCTIONS;
        send(topic, runId, samples.serialize(topic, sample));
    }

    @Override
    public void badRecord(BadRecord bad) {
        RejectedImage rejected =
                RejectedImage.newBuilder()
                        .setReason(RejectionReason.DECODE_FAILED)
                        .setDetail(bad.reason())
                        .setTopic(bad.ref().partition().topic())
                        .setPartition(bad.ref().partition().partition())
                        .setOffset(bad.ref().offset())
                        .setSize(bad.size())
                        .setRejectedAt(clock.instant())
                        .build();
        String topic = Topics.IMAGES_REJECTED;
        send(topic, null, rejections.serialize(topic, rejected));
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(
                new ProducerRecord<>(topic, key, value),
                (metadata, failure) -> {
                    if (failure != null && failed.compareAndSet(false, true)) {
                        LOG.atWarn()
                                .addKeyValue(LogKeys.TOPIC, topic)
                                .setCause(failure)
                                .log("report not published; later failures are not repeated here");
                    }
                });
    }

    private static Map<String, Float> meanPerSource(StepReport step) {
        List<String> sources = step.sourceIds();
        float[] losses = step.result().imageLosses();
        Map<String, double[]> sums = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            double[] sum = sums.computeIfAbsent(sources.get(i), source -> new double[2]);
            sum[0] += losses[i];
            sum[1]++;
        }
        Map<String, Float> means = new HashMap<>();
        sums.forEach((source, sum) -> means.put(source, (float) (sum[0] / sum[1])));
        return means;
    }
}
