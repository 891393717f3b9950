package io.maestream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maestream.mae.AdamWSettings;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.MaeShape;
import io.maestream.mae.Objective;
import io.maestream.mae.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchReportsTest {

    private static final MaeSettings SMALL =
            new MaeSettings(
                    MaeShape.preset("small"),
                    new Objective(0.75, true),
                    AdamWSettings.paper(),
                    Precision.BF16,
                    1);

    @Test
    void shouldCountTheProductsOfAStepFromItsShapes() {
        // Given the small preset at batch 16 with steps of one second
        StepReport report = new StepReport(SMALL, 16, Series.of(1_000), 250, 100, Optional.empty());

        // Then: forward and backward are three times the forward products (by hand: encoder
        // 12·(12·384²·50 + 2·50²·384), decoder 4·(12·256²·197 + 2·197²·256), and the projections)
        double encoder = 12 * (12.0 * 384 * 384 * 50 + 2.0 * 50 * 50 * 384);
        double decoder = 4 * (12.0 * 256 * 256 * 197 + 2.0 * 197 * 197 * 256);
        double between = 50.0 * 384 * 256 + 147.0 * 256 * 768;
        double patches = 49.0 * 768 * 384;
        double flops = 2 * 16 * (3 * (encoder + decoder + between) + 2 * patches);
        assertThat(report.gigaflopsPerSecond()).isCloseTo(flops / 1e9, within(0.01));
        assertThat(report.rooflineShare()).isEqualTo(0.25);
        assertThat(report.imagesPerSecond()).isEqualTo(16);
        assertThat(report.json()).contains("\"rooflineShare\":0.25");
        assertThat(report.lines()).anyMatch(line -> line.contains("25 % of that roofline"));
    }

    @Test
    void shouldFitALineThroughMemoryAfterWarmUp() {
        List<MemoryReport.Sample> samples = new ArrayList<>();
        for (int step = 0; step < 1_000; step++) {
            double mebibytes = step < 200 ? 10.0 * step : 2_000 + 0.002 * step;
            samples.add(new MemoryReport.Sample(mebibytes, step == 999 ? 8 : 5));
        }

        MemoryReport report = MemoryReport.of(samples);

        assertThat(report.slope()).isCloseTo(2, within(1e-6));
        assertThat(report.arrays()).isEqualTo(3);
        assertThat(report.json()).contains("\"nativeArrays\":3");
        assertThat(report.lines()).singleElement().asString().contains("native arrays +3");
        assertThatThrownBy(() -> MemoryReport.of(List.of(new MemoryReport.Sample(1, 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadAPeersRateOrSayWhatItPrinted() throws Exception {
        assertThat(new PeerCommand("echo images_per_s 12.5").imagesPerSecond()).isEqualTo(12.5);
        assertThatThrownBy(() -> new PeerCommand("echo nothing").imagesPerSecond())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("echo nothing");
    }

    @Test
    void shouldCompareEachRoundOfPreparationWithItsOwnOther() {
        // Given
        PreparationReport report =
                new PreparationReport(
                        100,
                        1000,
                        List.of(
                                new PreparationReport.Round(80, 100, 70),
                                new PreparationReport.Round(45, 50, 40),
                                new PreparationReport.Round(170, 200, 90)));

        // When, Then
        assertThat(report.lines()).last().asString().contains("85 % of OpenCV alone");
        assertThat(report.json()).contains("\"medianRatio\":0.85");
    }

    @Test
    void shouldTellWhatMaskTokensCostWhenRoundsDiffer() {
        // Given
        MaskingReport report =
                new MaskingReport(
                        List.of(
                                new MaskingReport.Round(300, 100),
                                new MaskingReport.Round(400, 100),
                                new MaskingReport.Round(250, 100)));

        // When, Then
        assertThat(report.rounds().get(2).line()).endsWith("visible patches only 100.0 ms: 2.50");
        assertThat(report.lines()).containsExactly("median of 3 rounds: 3.00");
        assertThat(report.json())
                .startsWith("{\"medianRatio\":3.0,")
                .contains("{\"maskTokensMillis\":250.0,\"visibleOnlyMillis\":100.0,\"ratio\":2.5}");
    }

    @Test
    void shouldTellWhatOpenPagesCost() {
        // Given
        DashboardReport report =
                new DashboardReport(50, Series.of(1, 1.01, 1.02), Series.of(40), 12_300);

        // When, Then
        assertThat(report.lines())
                .containsExactly(
                        "step without pages: median 40.0 ms",
                        "with 50 pages to without, pair by pair: 1.0000 1.0100 1.0200; median"
                                + " 1.0100",
                        "sent to all pages: 12.3 kB/s");
        assertThat(report.json()).contains("\"pages\":50").contains("\"medianRatio\":1.01,");
    }

    @Test
    void shouldTellTheMedian() {
        assertThat(Series.of(3, 1, 2).median()).isEqualTo(2);
        assertThat(Series.of(4, 1, 2, 3).median()).isEqualTo(2.5);
    }

    @Test
    void shouldSayHowMuchOfAStepACheckpointPausesFor() {
        // Given pauses of 10 ms in the middle and steps of 40 ms
        CheckpointReport report =
                new CheckpointReport(
                        Series.of(8, 10, 30), Series.of(7, 9, 9), Series.of(40, 39, 41));

        // Then
        assertThat(report.stepsPerPause()).isEqualTo(0.25);
        assertThat(report.lines())
                .anyMatch(line -> line.contains("median 10.0 ms, min 8.0, max 30.0 over 3"))
                .anyMatch(line -> line.contains("pauses for 0.25 of a step"));
        assertThat(report.json()).contains("\"stepsPerPause\":0.25");
    }
}
