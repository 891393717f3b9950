package io.maestream.benchmarks;

import io.maestream.mae.Masking;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Deciding which patches of one image are hidden. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MaskingBenchmark {

    /** Patches of an image: tiny has 144, the paper's models 196. */
    @Param({"144", "196"})
    public int patches;

    private long seed;

    /** One permutation; another seed each time. */
    @Benchmark
    public long[] permutation() {
        return Masking.permutation(seed++, patches);
    }
}
