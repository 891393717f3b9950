package io.maestream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedTest {

    private static final int SIDE = 16;
    private static final int BATCH = 4;

    private final List<BadRecord> bad = Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldMakeTheSameBatchesHoweverTheRecordsArrive() {
        // Given the same sixty records, polled in ones and in twenties
        List<StreamRecord> records = records(60);

        // When
        List<Seen> inOnes = drain(feed(new ListSource(records, 1), FeedState.empty()));
        List<Seen> inTwenties = drain(feed(new ListSource(records, 20), FeedState.empty()));

        // Then
        assertThat(inOnes).hasSizeGreaterThan(8).isEqualTo(inTwenties);
    }

    @Test
    void shouldGoOnWithTheSameBatchesWhenItIsOpenedFromAState() {
        // Given a feed that made three batches, and what it remembered then
        List<StreamRecord> records = records(60);
        List<Seen> whole = drain(feed(new ListSource(records, 7), FeedState.empty()));
        FeedState state = whole.get(2).after();

        // When it is opened anew from there: the log from the next offset, the buffer read again
        int next = state.nextOffsets().get(new PartitionId("images.prepared", 0)).intValue();
        List<StreamRecord> reread =
                state.buffer().stream().map(ref -> records.get((int) ref.offset())).toList();
        Feed resumed =
                feeds().open(
                                new ListSource(records.subList(next, 60), 5),
                                state,
                                new Reread(reread, List.of()));

        // Then
        assertThat(drain(resumed)).isEqualTo(whole.subList(3, whole.size()));
    }

    @Test
    void shouldGoOnWithTheSameReplaysWhenItIsOpenedFromAState() {
        // Given a feed with a replay memory that made six batches
        List<StreamRecord> records = records(90);
        Feed feed = remembering().open(new ListSource(records, 7), FeedState.empty(), Reread.NONE);
        List<Seen> whole = drain(feed);
        FeedState state = whole.get(5).after();
        assertThat(state.memory().draws()).isGreaterThan(4);

        // When it is opened anew from there
        int next = state.nextOffsets().get(new PartitionId("images.prepared", 0)).intValue();
        Reread reread =
                new Reread(
                        reread(records, state.buffer()), reread(records, state.memory().records()));
        Feed resumed =
                remembering().open(new ListSource(records.subList(next, 90), 5), state, reread);

        // Then batches, offsets and memory are the same, and a third of the images are replays
        assertThat(drain(resumed)).isEqualTo(whole.subList(6, whole.size()));
        FeedState last = whole.get(whole.size() - 1).after();
        assertThat((double) last.memory().draws() / last.slots()).isBetween(0.25, 0.34);
        assertThat(last.nextOffsets().values()).containsExactly(last.admitted());
    }

    @Test
    void shouldReportABadRecordOnceHoweverOftenItIsDrawnAgain() {
        // Given nothing but garbage
        List<StreamRecord> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            records.add(TestImages.stored(i, new byte[] {1, 2, 3}));
        }

        // When
        List<Seen> seen =
                drain(
                        remembering()
                                .open(new ListSource(records, 9), FeedState.empty(), Reread.NONE));

        // Then
        assertThat(seen.get(seen.size() - 1).after().memory().draws()).isPositive();
        assertThat(bad).extracting(record -> record.ref().offset()).doesNotHaveDuplicates();
    }

    @Test
    void shouldTellAGapWithTheFirstRecordBehindIt() {
        // Given a source that passes over offsets 20 to 29
        List<StreamRecord> records = records(60);
        ListSource source = new ListSource(records.subList(0, 20), 20);
        Feed feed = feed(source, FeedState.empty());
        feed.next(Duration.ZERO);
        source.passOver(
                new Gap(new PartitionId("images.prepared", 0), 20, 30), records.subList(30, 60));

        // When all is drawn
        List<Seen> seen = drain(feed);

        // Then the gap counts from the 21st admitted record on
        FeedState last = seen.get(seen.size() - 1).after();
        assertThat(feed.interleaving().gaps(0, 20)).isEmpty();
        assertThat(feed.interleaving().gaps(20, last.admitted()))
                .containsExactly(new Gap(new PartitionId("images.prepared", 0), 20, 30));
        assertThat(last.nextOffsets().values()).containsExactly(last.admitted() + 10);
    }

    @Test
    void shouldLeaveOutWhatCannotBeDecodedAndSayWhere() {
        // Given garbage, an image that lies about its size, and a payload that is none
        List<StreamRecord> records = new ArrayList<>(records(40));
        records.set(3, TestImages.stored(3, new byte[] {1, 2, 3}));
        PreparedImage liar = TestImages.prepared(5, 50, 50, "png");
        records.set(
                5,
                TestImages.stored(
                        5, TestImages.value(PreparedImage.newBuilder(liar).setWidth(500).build())));
        records.set(
                7,
                TestImages.stored(
                        7,
                        TestImages.value(
                                PreparedImage.newBuilder(liar)
                                        .setPayload(ByteBuffer.wrap(new byte[] {9, 9, 9}))
                                        .build())));

        // When
        List<Seen> seen = drain(feed(new ListSource(records, 9), FeedState.empty()));

        // Then
        long trained = seen.stream().mapToLong(batch -> batch.sourceIds().size()).sum();
        long drawn = seen.get(seen.size() - 1).after().draws();
        assertThat(bad).extracting(record -> record.ref().offset()).containsOnly(3L, 5L, 7L);
        assertThat(trained).isEqualTo(drawn - bad.size());
        assertThat(bad)
                .extracting(BadRecord::reason)
                .anyMatch(reason -> reason.contains("announces 500×50"))
                .anyMatch(reason -> reason.contains("not a PreparedImage"))
                .anyMatch(reason -> reason.contains("not a readable image"));
    }

    @Test
    void shouldStopTakingRecordsInWhileItHasEnough() {
        // Given a source that always has more
        ListSource source = new ListSource(records(400), 400);

        // When one batch is taken and the feed keeps polling
        Feed feed = feed(source, FeedState.empty());
        feed.next(Duration.ZERO);
        feed.next(Duration.ZERO);

        // Then the second poll asked for nothing
        assertThat(source.wanted).endsWith(false);
        feed.close();
    }

    @Test
    void shouldHaveNoBatchWhileTooFewRecordsArrived() {
        Feed feed = feed(new ListSource(records(BATCH - 1), 10), FeedState.empty());

        assertThat(feed.next(Duration.ZERO)).isEmpty();
        feed.close();
    }

    private record Seen(String pixels, List<String> sourceIds, FeedState after) {}

    private Feed feed(RecordSource source, FeedState state) {
        return feeds().open(source, state, Reread.NONE);
    }

    private Feeds feeds() {
        return new Feeds(
                FeedSettings.plain(16, 4, 2, 2, new Augmentation(0.2, true)),
                new Batching(42, BATCH, SIDE, 3),
                AvroSerde.deserializer(PreparedImage.class),
                bad::add);
    }

    private Feeds remembering() {
        MemorySettings memory =
                new MemorySettings(MemorySettings.Policy.RESERVOIR, 1 / 3.0, 8, 1 << 20);
        return new Feeds(
                new FeedSettings(
                        16,
                        4,
                        2,
                        2,
                        new Augmentation(0.2, true),
                        memory,
                        new LagPolicy.ProcessAll()),
                new Batching(42, BATCH, SIDE, 3),
                AvroSerde.deserializer(PreparedImage.class),
                bad::add);
    }

    private static List<StreamRecord> reread(List<StreamRecord> log, List<RecordRef> references) {
        return references.stream()
                .map(ref -> new StreamRecord(ref, log.get((int) ref.offset()).value()))
                .toList();
    }

    private static List<Seen> drain(Feed feed) {
        List<Seen> seen = new ArrayList<>();
        int empty = 0;
        while (empty < 100) {
            Optional<TrainingBatch> batch = feed.next(Duration.ZERO);
            if (batch.isEmpty()) {
                empty++;
                continue;
            }
            TrainingBatch images = batch.get();
            byte[] pixels = new byte[images.images().pixels().remaining()];
            images.images().pixels().duplicate().get(pixels);
            String content = Arrays.hashCode(pixels) + Arrays.toString(images.images().maskSeeds());
            seen.add(new Seen(content, images.sourceIds(), images.after()));
        }
        feed.close();
        return seen;
    }

    private static List<StreamRecord> records(int count) {
        List<StreamRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(TestImages.stored(i));
        }
        return records;
    }

    /** Hands records out in pieces. */
    private static final class ListSource implements RecordSource {

        private final Deque<StreamRecord> records;
        private final int piece;
        private final List<Boolean> wanted = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();

        ListSource(List<StreamRecord> records, int piece) {
            this.records = new ArrayDeque<>(records);
            this.piece = piece;
        }

        @Override
        public List<StreamRecord> poll(boolean isWanted, Duration patience) {
            wanted.add(isWanted);
            List<StreamRecord> polled = new ArrayList<>();
            while (isWanted && polled.size() < piece && !records.isEmpty()) {
                polled.add(records.poll());
            }
            return polled;
        }

        void passOver(Gap gap, List<StreamRecord> behind) {
            gaps.add(gap);
            records.addAll(behind);
        }

        @Override
        public List<Gap> passedOver() {
            List<Gap> since = List.copyOf(gaps);
            gaps.clear();
            return since;
        }

        @Override
        public long lag() {
            return records.size();
        }
    }
}
