package io.maestream.benchmarks;

import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.SourceImage;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.trainer.feed.Augmentation;
import io.maestream.trainer.feed.Batching;
import io.maestream.trainer.feed.Feed;
import io.maestream.trainer.feed.FeedSettings;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Feeds;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.feed.RecordSource;
import io.maestream.trainer.feed.Reread;
import io.maestream.trainer.feed.StreamRecord;
import io.maestream.trainer.feed.TrainingBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From records to batches with one worker: parse, shuffle, decode, crop, resize, mirror. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FeedBenchmark {

    private static final int BATCH = 32;
    private static final int PICTURES = 64;
    private static final PartitionId PARTITION = new PartitionId("images.prepared", 0);

    /** Longer side of the prepared images, pixels. */
    @Param({"256", "512"})
    public int side;

    private Feed feed;

    /** Makes pictures and opens a feed that never runs dry. */
    @Setup
    public void open() throws IOException, InterruptedException {
        List<byte[]> values = values(side, side * 3 / 4);
        feed =
                new Feeds(
                                FeedSettings.plain(256, 64, 2, 1, new Augmentation(0.2, true)),
                                new Batching(1, BATCH, 96, 3),
                                AvroSerde.deserializer(PreparedImage.class),
                                bad -> {
                                    throw new IllegalStateException(bad.reason());
                                })
                        .open(new Endless(values), FeedState.empty(), Reread.NONE);
    }

    /** Images per second. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int images() {
        Optional<TrainingBatch> batch = feed.next(Duration.ZERO);
        while (batch.isEmpty()) {
            batch = feed.next(Duration.ZERO);
        }
        return batch.get().size();
    }

    /** Ends the worker. */
    @TearDown
    public void close() {
        feed.close();
    }

    private static List<byte[]> values(int width, int height)
            throws IOException, InterruptedException {
        List<byte[]> values = new ArrayList<>();
        SimulationSettings cameras =
                new SimulationSettings(4, width, height, 0, 1, 0, PICTURES / 4, 0);
        try (SimulatedCameraSource source = new SimulatedCameraSource(cameras, Pacer.realTime())) {
            Optional<SourceImage> next = source.next();
            while (next.isPresent()) {
                values.add(value(next.get(), width, height));
                next = source.next();
            }
        }
        return values;
    }

    private static byte[] value(SourceImage image, int width, int height) {
        PreparedImage prepared =
                PreparedImage.newBuilder()
                        .setImageId(image.imageId())
                        .setSourceId(image.sourceId())
                        .setSequence(image.sequence())
                        .setCapturedAt(image.capturedAt())
                        .setWidth(width)
                        .setHeight(height)
                        .setChannels(3)
                        .setFormat("jpeg")
                        .setPayload(ByteBuffer.wrap(image.bytes()))
                        .setRawPartition(0)
                        .setRawOffset(image.sequence())
                        .build();
        return AvroSerde.serializer(PreparedImage.class).serialize("images.prepared", prepared);
    }

    /** The same pictures again and again, at ever new offsets. */
    private static final class Endless implements RecordSource {

        private final List<byte[]> values;
        private long next;

        Endless(List<byte[]> values) {
            this.values = values;
        }

        @Override
        public List<StreamRecord> poll(boolean wanted, Duration patience) {
            List<StreamRecord> records = new ArrayList<>();
            for (int i = 0; wanted && i < values.size(); i++) {
                records.add(new StreamRecord(new RecordRef(PARTITION, next++, 0), values.get(i)));
            }
            return records;
        }

        @Override
        public long lag() {
            return 0;
        }
    }
}
