package io.maestream.benchmarks;

import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writing a model's arrays as safetensors into a file, without making it durable. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SafetensorsWriteBenchmark {

    private static final int TENSOR_BYTES = 1 << 20;

    /** Size of the model, MiB. */
    @Param("16")
    public int mebibytes;

    private final List<Tensor> tensors = new ArrayList<>();
    private Path file;

    /** Makes the arrays, one MiB each. */
    @Setup
    public void prepare() throws IOException {
        file = Files.createTempFile("benchmark", ".safetensors");
        for (int i = 0; i < mebibytes; i++) {
            tensors.add(
                    new Tensor(
                            "blocks." + i + ".mlp.fc1.weight",
                            DType.F32,
                            List.of((long) TENSOR_BYTES / Float.BYTES),
                            ByteBuffer.allocateDirect(TENSOR_BYTES)));
        }
    }

    /** Writes them all. */
    @Benchmark
    public long write() throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            SafetensorsWriter.write(channel, tensors, Map.of());
            return channel.position();
        }
    }

    /** Deletes the file. */
    @TearDown
    public void clean() throws IOException {
        Files.delete(file);
    }
}
