package io.maestream.app.command.bench;

import io.maestream.app.Sections;
import io.maestream.app.bench.PublishBench;
import io.maestream.app.bench.PublishReport;
import io.maestream.app.bench.Scratch;
import io.maestream.app.bench.Series;
import io.maestream.app.command.base.CommonOptions;
import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the publisher with a bare producer. */
@Command(
        name = "ingest",
        description = {
            "Publishes images to an embedded broker in this process, in turn with a bare Kafka"
                    + " producer that sends the same bytes, and prints the ratio round by round.",
            ""
        },
        footer = {"", "Example: maestream bench ingest --bytes 100000 --rounds 7"})
final class BenchIngestCommand implements Callable<Integer> {
    private static final int WARM_UP_ROUNDS = 3;

    private final Surroundings surroundings;
    @Mixin private CommonOptions common;
    @Mixin private ReportOptions output;
    @Mixin private RoundOptions comparison = new RoundOptions(7);

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "Images of each round (2000 by default).")
    private int images = 2000;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Bytes of each image (100000 by default).")
    private int bytes = 100_000;

    BenchIngestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int rounds = comparison.rounds();
        try (Scratch scratch = Scratch.open()) {
            // Old segments go while new ones come, so that no round fills the disk.
            LoadedConfig config =
                    common.load(
                            surroundings,
                            scratch.with(Map.of("topics.image.retention.bytes", "1000000000")));
            try (PublishBench bench =
                    new PublishBench(scratch.directory(), config.get(Sections.TOPICS), bytes)) {
                output.print(measure(bench, rounds));
            }
            return ExitCode.OK.status();
        }
    }

    /** The first rounds of each warm up and do not count; who begins changes by turns. */
    private PublishReport measure(PublishBench bench, int rounds) throws InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            bench.bare(images);
            bench.ours(images);
        }
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                bare.add(bench.bare(images));
            }
            ours.add(bench.ours(images));
            if (round % 2 == 1) {
                bare.add(bench.bare(images));
            }
        }
        return new PublishReport(bytes, new Series(ours), new Series(bare));
    }
}
