package io.maestream.app.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One run, trained by one process after the other, each killed somewhere. */
public final class KillSeries implements AutoCloseable {

    /** What the run is told besides its usual keys. */
    static final Map<String, String> KEYS = Map.of("checkpoint.every.images", "20");

    private static final long NEVER = 1_000_000_000;

    /** From a group that still waits for the one before, to a trainer well under way. */
    private static final int MAX_RANDOM_MILLIS = 5_000;

    private final String bootstrap;
    private final String run;
    private final Path directory;
    private final Random random;
    private final Map<KillPoint, Integer> kills = new EnumMap<>(KillPoint.class);
    private final long began = System.nanoTime();
    private JavaProcess spare;

    public KillSeries(String bootstrap, String run, Path directory, long seed) {
        this.bootstrap = bootstrap;
        this.run = run;
        this.directory = directory;
        this.random = new Random(seed);
        this.spare = start();
    }

    /** Kills a trainer when it reaches a point for the n-th time. */
    public void kill(KillPoint point, int times) {
        try (JavaProcess trainer = next()) {
            trainer.tell("%s %d %d".formatted(point, times, NEVER));
            if (point == KillPoint.RANDOM_TIME) {
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(MAX_RANDOM_MILLIS)).toNanos());
            } else {
                trainer.awaitLine(TrainerProcess.REACHED);
            }
            assertThat(trainer.kill())
                    .as("killed at %s, not ended by itself: %s", point, trainer.lines())
                    .isTrue();
        }
        kills.merge(point, 1, Integer::sum);
    }

    /** Lets a trainer finish the run at a step. */
    void finish(long step) {
        try (JavaProcess trainer = next()) {
            trainer.tell("%s %d %d".formatted(KillPoint.RANDOM_TIME, 0, step));
            assertThat(trainer.awaitExit()).as("exit of %s", trainer.lines()).isZero();
        }
    }

    int total() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Kills per point, as lines. */
    List<String> table() {
        double seconds = (System.nanoTime() - began) / 1e9;
        List<String> lines = new ArrayList<>();
        lines.add("kills of run " + run);
        kills.forEach(
                (point, count) ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "  %-16s %4d",
                                        point.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                        count)));
        lines.add(String.format(Locale.ROOT, "  %-16s %4d in %.0f s", "all", total(), seconds));
        return lines;
    }

    @Override
    public void close() {
        spare.close();
    }

    private JavaProcess next() {
        JavaProcess ready = spare;
        ready.awaitLine(TrainerProcess.READY);
        spare = start();
        return ready;
    }

    private JavaProcess start() {
        return JavaProcess.start(
                TrainerProcess.class,
                directory.getParent(),
                List.of(bootstrap, run, directory.toString()));
    }
}
