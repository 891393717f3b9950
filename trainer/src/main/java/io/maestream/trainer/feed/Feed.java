package io.maestream.trainer.feed;

import io.maestream.trainer.feed.BatchInProgress.Decoded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * From records to batches, ahead of the step: takes records in, draws them from the shuffle buffer,
 * has them decoded by workers, and pauses the intake while enough is waiting. Everything but the
 * decoding happens on the training thread, so the order of draws depends only on the records.
 */
public final class Feed implements AutoCloseable {

    private final RecordSource source;
    private final RecordDecoder decoder;
    private final ExecutorService workers;
    private final Deque<StreamRecord> intake = new ArrayDeque<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Deque<BatchInProgress> ahead = new ArrayDeque<>();
    private final Deque<ByteBuffer> freeBuffers = new ArrayDeque<>();
    private final ShuffleBuffer buffer;
    private final ReplayMemory memory;
    private final SortedMap<PartitionId, Long> nextOffsets;
    private final Interleaving interleaving;
    private final int batchSize;
    private final int intakeLimit;
    private long admitted;
    private ByteBuffer inUse;

    Feed(RecordSource source, RecordDecoder decoder, FeedStart start, ExecutorService workers) {
        this.source = source;
        this.decoder = decoder;
        this.workers = workers;
        this.buffer = start.buffer();
        this.memory = start.memory();
        this.nextOffsets = new TreeMap<>(start.state().nextOffsets());
        this.admitted = start.state().admitted();
        this.interleaving = new Interleaving(admitted);
        this.batchSize = start.batchSize();
        this.intakeLimit = 2 * batchSize * start.prefetch();
        for (int i = 0; i <= start.prefetch(); i++) {
            freeBuffers.add(
                    ByteBuffer.allocateDirect(batchSize * decoder.bytesPerImage())
                            .order(ByteOrder.nativeOrder()));
        }
    }

    /**
     * The next batch, or nothing if the stream did not bring enough within {@code patience}. The
     * batch before it must not be used any more.
     */
    public Optional<TrainingBatch> next(Duration patience) {
        release();
        takeIn(Duration.ZERO);
        drawAhead();
        if (!headIsDrawn()) {
            takeIn(patience);
            drawAhead();
        }
        if (!headIsDrawn()) {
            return Optional.empty();
        }
        BatchInProgress head = ahead.poll();
        inUse = head.pixels();
        return Optional.of(head.join());
    }

    /** The order in which partitions were picked so far. */
    public Interleaving interleaving() {
        return interleaving;
    }

    /** Records of the stream that are waiting: in the log and taken in but not yet admitted. */
    public long lag() {
        long inLog = source.lag();
        return inLog < 0 ? inLog : inLog + intake.size();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private boolean headIsDrawn() {
        return !ahead.isEmpty() && ahead.peek().isDrawn();
    }

    private void release() {
        if (inUse != null) {
            freeBuffers.add(inUse);
            inUse = null;
        }
    }

    private void takeIn(Duration patience) {
        intake.addAll(source.poll(intake.size() < intakeLimit, patience));
        gaps.addAll(source.passedOver());
    }

    private void drawAhead() {
        while (openBatch()) {
            BatchInProgress batch = ahead.peekLast();
            while (batch.drawn() < batchSize) {
                Optional<StreamRecord> drawn = draw();
                if (drawn.isEmpty()) {
                    return;
                }
                batch.add(decodeInto(batch.pixels(), batch.drawn(), drawn.get()));
            }
            batch.completeDrawing(state());
        }
    }

    /** True when there is a batch that still needs records: the last one, or a new one. */
    private boolean openBatch() {
        if (!ahead.isEmpty() && !ahead.peekLast().isDrawn()) {
            return true;
        }
        ByteBuffer free = freeBuffers.poll();
        if (free == null) {
            return false;
        }
        ahead.add(new BatchInProgress(free, decoder.bytesPerImage()));
        return true;
    }

    private Optional<StreamRecord> draw() {
        if (memory.isDue(buffer.draws() + memory.draws())) {
            return Optional.of(memory.draw());
        }
        while (buffer.wantsRecord()) {
            StreamRecord taken = intake.poll();
            if (taken == null) {
                return Optional.empty();
            }
            admit(taken);
        }
        Optional<StreamRecord> drawn = buffer.draw();
        drawn.ifPresent(memory::offer);
        return drawn;
    }

    /** A gap counts once a record behind it is admitted: then it is behind the next offset too. */
    private void admit(StreamRecord taken) {
        RecordRef ref = taken.ref();
        List<Gap> met =
                gaps.stream()
                        .filter(gap -> gap.partition().equals(ref.partition()))
                        .filter(gap -> gap.until() <= ref.offset())
                        .toList();
        met.forEach(interleaving::skipped);
        gaps.removeAll(met);
        buffer.admit(taken);
        admitted++;
        nextOffsets.put(ref.partition(), ref.offset() + 1);
        interleaving.picked(ref.partition());
    }

    private CompletableFuture<Optional<Decoded>> decodeInto(
            ByteBuffer pixels, int index, StreamRecord drawn) {
        return CompletableFuture.supplyAsync(
                () -> decoder.decodeInto(pixels, index, drawn), workers);
    }

    private FeedState state() {
        List<RecordRef> references = buffer.references();
        return new FeedState(nextOffsets, buffer.draws(), admitted, references, memory.state());
    }
}
