package io.maestream.ingest.prepare;

import io.maestream.ingest.prepare.repeat.LastKept;
import io.maestream.ingest.prepare.repeat.RepeatRule;
import io.maestream.ingest.prepare.repeat.RepeatSettings;
import io.maestream.ingest.prepare.repeat.Thumbnail;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** What is remembered of each source's images, and the rule's answers from it. */
final class RepeatMemory {

    private final RepeatSettings settings;
    private final RepeatRule rule;
    private final WindowStore<byte[], String> seen;
    private final KeyValueStore<String, byte[]> lastKept;

    RepeatMemory(
            RepeatSettings settings,
            WindowStore<byte[], String> seen,
            KeyValueStore<String, byte[]> lastKept) {
        this.settings = settings;
        this.rule = new RepeatRule(settings);
        this.seen = seen;
        this.lastKept = lastKept;
    }

    /**
     * An image as it is remembered.
     *
     * @param sha256 64 hexadecimal digits
     * @param time of its record, in milliseconds
     */
    record Trace(String sourceId, String imageId, String sha256, long time) {

        /** Digest, then source: an image is a repeat among those of its source. */
        private byte[] key() {
            byte[] digest = HexFormat.of().parseHex(sha256);
            byte[] source = sourceId.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(digest.length + source.length)
                    .put(digest)
                    .put(source)
                    .array();
        }
    }

    /** Whether these bytes were there within the window. */
    boolean isRepeat(Trace trace) {
        long window = settings.window().toMillis();
        if (window == 0) {
            return false;
        }
        List<String> ids = new ArrayList<>();
        try (WindowStoreIterator<String> found =
                seen.fetch(
                        trace.key(), Math.max(0, trace.time() - window), trace.time() + window)) {
            found.forEachRemaining(entry -> ids.add(entry.value));
        }
        return !ids.isEmpty()
                && rule.isRepeat(ids, trace.imageId(), last(trace.sourceId()), trace.time());
    }

    /** Whether it looks like the last image that was kept. */
    boolean isSimilar(Trace trace, Thumbnail thumbnail) {
        return rule.isSimilar(thumbnail, last(trace.sourceId()), trace.time());
    }

    /** It was kept. */
    void keep(Trace trace, Thumbnail thumbnail) {
        lastKept.put(trace.sourceId(), new LastKept(trace.time(), thumbnail).bytes());
        pass(trace);
    }

    /** It was dealt with: the same bytes need not be looked at again. */
    void pass(Trace trace) {
        if (!settings.window().isZero()) {
            seen.put(trace.key(), trace.imageId(), trace.time());
        }
    }

    private LastKept last(String sourceId) {
        byte[] stored = lastKept.get(sourceId);
        return stored == null ? null : LastKept.of(stored);
    }
}
