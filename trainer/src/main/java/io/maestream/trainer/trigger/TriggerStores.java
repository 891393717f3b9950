package io.maestream.trainer.trigger;

import io.maestream.trainer.trigger.detect.DriftState;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The topology's named stores. Each has its change log on Kafka, and moves with its partition. */
final class TriggerStores {

    /** Run id → what is remembered of it. */
    static final String RUNS = "run-watches";

    /** Run id and source id → what is remembered of the camera. */
    static final String CAMERAS = "camera-watches";

    /** Run id → its last committed checkpoint. */
    static final String CHECKPOINTS = "last-checkpoints";

    private TriggerStores() {}

    static StoreBuilder<KeyValueStore<String, RunWatch>> runs() {
        return store(RUNS, serde(RunWatch::bytes, RunWatch::of));
    }

    static StoreBuilder<KeyValueStore<String, DriftState>> cameras() {
        return store(CAMERAS, serde(DriftState::bytes, DriftState::of));
    }

    static StoreBuilder<KeyValueStore<String, CheckpointMark>> checkpoints() {
        return store(CHECKPOINTS, serde(CheckpointMark::bytes, CheckpointMark::of));
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingEnabled();
    }

    private static <V> Serde<V> serde(Function<V, byte[]> writer, Function<byte[], V> reader) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : writer.apply(value),
                (topic, bytes) -> reader.apply(bytes));
    }
}
