package io.maestream.benchmarks;

import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A prepared image to the bytes of a Kafka record, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AvroSerdeBenchmark {

    /** Size of the encoded image: a simulated camera's frame, and a photograph's. */
    @Param({"8192", "131072"})
    public int payloadBytes;

    private final Serde<PreparedImage> serde = AvroSerde.of(PreparedImage.class);
    private PreparedImage image;
    private byte[] bytes;

    /** Makes an image whose payload does not compress, as JPEG does not. */
    @Setup
    public void prepare() {
        byte[] payload = new byte[payloadBytes];
        new Random(1).nextBytes(payload);
        image =
                PreparedImage.newBuilder()
                        .setImageId("camera-1-000001234")
                        .setSourceId("camera-1")
                        .setSequence(1234)
                        .setCapturedAt(Instant.parse("2026-01-01T00:00:00Z"))
                        .setWidth(160)
                        .setHeight(120)
                        .setChannels(3)
                        .setFormat("jpeg")
                        .setPayload(ByteBuffer.wrap(payload))
                        .setRawPartition(0)
                        .setRawOffset(1234)
                        .build();
        bytes = write();
    }

    /** To bytes. */
    @Benchmark
    public byte[] write() {
        return serde.serializer().serialize(Topics.IMAGES_PREPARED, image);
    }

    /** From bytes. */
    @Benchmark
    public PreparedImage read() {
        return serde.deserializer().deserialize(Topics.IMAGES_PREPARED, bytes);
    }
}
