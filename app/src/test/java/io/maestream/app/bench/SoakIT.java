package io.maestream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.topic.TopicSettings;
import io.maestream.trainer.config.TrainerSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Runs in the profile {@code soak}, whose heap is touched from the start. */
@Tag("soak")
class SoakIT {

    /** A quarter of them is warm-up. */
    private static final int STEPS = 6_000;

    @Test
    void shouldKeepMemoryFlatWhenItTrainsForThousandsOfSteps(@TempDir Path directory)
            throws Exception {
        // Given the default model on small batches, checkpoints, panels and metrics as usual
        TrainerSettings settings =
                TrainerSettings.from(
                        TrainerSettings.definition().parse(Map.of("train.batch.size", "8")));

        // When
        MemoryReport report =
                new PipelineBench(directory, TopicSettings.defaults()).soak(settings, STEPS);

        // Then resident memory and native arrays stay as they are
        LoggerFactory.getLogger(SoakIT.class).info("{}", report.lines().get(0));
        assertThat(report.arrays()).isZero();
        assertThat(report.slope()).as("MiB per 1,000 steps").isLessThan(1);
    }
}
