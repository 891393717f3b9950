package io.maestream.ingest.prepare;

import io.maestream.ingest.prepare.repeat.RepeatSettings;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The topology's named stores. Each has its change log on Kafka, and moves with its partition. */
final class PreparationStores {

    /** Source id → how much it may still send. */
    static final String BUCKETS = "quota-buckets";

    /** Digest and source id, by time → image id. */
    static final String SEEN = "seen-images";

    /** Source id → its last image that was kept. */
    static final String LAST_KEPT = "last-kept-images";

    /** Source id → its counters. */
    static final String COUNTERS = "source-counters";

    /** Windows are kept in segments of at least a minute. */
    private static final Duration LEAST_WINDOW = Duration.ofMinutes(2);

    private PreparationStores() {}

    static StoreBuilder<KeyValueStore<String, byte[]>> buckets() {
        return bytes(BUCKETS);
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> lastKept() {
        return bytes(LAST_KEPT);
    }

    /** Entries vanish when they leave the window of exact repeats. */
    static StoreBuilder<WindowStore<byte[], String>> seen(RepeatSettings repeats) {
        Duration window =
                repeats.window().compareTo(LEAST_WINDOW) > 0 ? repeats.window() : LEAST_WINDOW;
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(SEEN, window, window, false),
                        Serdes.ByteArray(),
                        Serdes.String())
                .withLoggingEnabled(Map.of());
    }

    static StoreBuilder<KeyValueStore<String, SourceStatus>> counters() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(COUNTERS),
                        Serdes.String(),
                        AvroSerde.of(SourceStatus.class))
                .withCachingEnabled();
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> bytes(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }
}
