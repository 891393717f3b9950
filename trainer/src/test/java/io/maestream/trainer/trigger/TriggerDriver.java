package io.maestream.trainer.trigger;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.Trigger;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.streams.SmallStores;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongFunction;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The whole topology without a broker. A step of a run takes a second and 64 images. */
final class TriggerDriver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final int BATCH = 64;

    /** Between the step that every test ends before, and now. */
    private static final long LAST_STEP = 20_000;

    final TopologyTestDriver driver;
    final TestInputTopic<String, byte[]> steps;
    private final TestInputTopic<String, CheckpointCommitted> checkpoints;
    private final TestOutputTopic<String, CheckpointRequested> requests;

    TriggerDriver(Path state, Map<String, String> keys, TriggerObserver observer) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "triggers");
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallStores.class);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                PassingOverHandler.class);
        Map<String, String> all = new HashMap<>(keys);
        all.putIfAbsent(WatchSettings.MAX_AGE, "" + 2 * LAST_STEP);
        driver =
                new TopologyTestDriver(
                        new TriggerTopology(
                                        WatchSettings.from(WatchSettings.definition().parse(all)),
                                        observer,
                                        Clock.fixed(NOW, ZoneOffset.UTC))
                                .build(Map.of()),
                        properties,
                        NOW);
        steps =
                driver.createInputTopic(
                        Topics.TRAINING_METRICS, new StringSerializer(), new ByteArraySerializer());
        checkpoints =
                driver.createInputTopic(
                        Topics.CHECKPOINTS,
                        new StringSerializer(),
                        AvroSerde.serializer(CheckpointCommitted.class));
        requests =
                driver.createOutputTopic(
                        Topics.CHECKPOINT_REQUESTS,
                        new StringDeserializer(),
                        AvroSerde.deserializer(CheckpointRequested.class));
    }

    /** Steps of a run, each with the losses of its cameras. */
    void run(String runId, long from, long until, LongFunction<Map<String, Float>> losses) {
        for (long step = from; step < until; step++) {
            Map<String, Float> ofCameras = losses.apply(step);
            double mean =
                    ofCameras.values().stream().mapToDouble(Float::doubleValue).average().orElse(0);
            step(step(runId, step, (float) mean, ofCameras).build());
        }
    }

    void step(StepMetrics metrics) {
        byte[] value =
                AvroSerde.serializer(StepMetrics.class).serialize(Topics.TRAINING_METRICS, metrics);
        steps.pipeInput(metrics.getRunId(), value, metrics.getAt());
    }

    static StepMetrics.Builder step(
            String runId, long step, float loss, Map<String, Float> ofCameras) {
        return StepMetrics.newBuilder()
                .setRunId(runId)
                .setStep(step)
                .setImagesSeen(BATCH * step)
                .setAt(at(step))
                .setLoss(loss)
                .setGradientNorm(1f)
                .setLearningRate(1e-3)
                .setBatchSize(BATCH)
                .setStepMillis(75)
                .setDataWaitMillis(25)
                .setImagesPerSecond(80)
                .setLag(5)
                .setSkipped(false)
                .setSourceLosses(ofCameras);
    }

    void committed(String runId, long step, double loss) {
        checkpoints.pipeInput(
                runId,
                CheckpointCommitted.newBuilder()
                        .setCheckpointId(runId + "-" + step)
                        .setRunId(runId)
                        .setCommittedAt(at(step))
                        .setStep(step)
                        .setImagesSeen(BATCH * step)
                        .setTrigger(new Trigger(TriggerKind.TIME, "60 s have passed"))
                        .setLocation("file:///tmp/checkpoints/" + runId + "-" + step)
                        .setFiles(List.of())
                        .setManifestSha256("c")
                        .setNextOffsets(List.of())
                        .setOffsetRanges(List.of())
                        .setSkippedRanges(List.of())
                        .setShape(new ModelShape(96, 8, 3, 192, 6, 3, 128, 2, 4, 0.75, true))
                        .setMetrics(Map.of("loss", loss))
                        .setConfigDigest("d")
                        .setSoftwareVersion("test")
                        .build(),
                at(step));
    }

    List<CheckpointRequested> requests() {
        return requests.readValuesToList();
    }

    /** What every store holds, as it is restored from change logs. */
    Map<String, Map<String, Object>> stores() {
        Map<String, Map<String, Object>> kept = new HashMap<>();
        for (String name :
                List.of(TriggerStores.RUNS, TriggerStores.CAMERAS, TriggerStores.CHECKPOINTS)) {
            Map<String, Object> entries = new HashMap<>();
            try (KeyValueIterator<String, Object> all =
                    driver.<String, Object>getKeyValueStore(name).all()) {
                all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
            }
            kept.put(name, entries);
        }
        return kept;
    }

    void restore(Map<String, Map<String, Object>> kept) {
        kept.forEach(
                (name, entries) ->
                        entries.forEach(driver.<String, Object>getKeyValueStore(name)::put));
    }

    static Instant at(long step) {
        return NOW.minusSeconds(LAST_STEP - step);
    }

    @Override
    public void close() {
        driver.close();
    }
}
