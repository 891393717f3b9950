package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InitialiserTest {

    private static final ParameterSpec LINEAR =
            new ParameterSpec(
                    "blocks.0.mlp.fc1.weight", new long[] {80, 20}, ParameterSpec.Start.XAVIER);
    private static final ParameterSpec PATCHES =
            new ParameterSpec(
                    "patch_embed.proj.weight",
                    new long[] {30, 3, 4, 4},
                    ParameterSpec.Start.XAVIER);
    private static final ParameterSpec TOKEN =
            new ParameterSpec("cls_token", new long[] {1, 1, 20_000}, ParameterSpec.Start.NORMAL);

    @Property(tries = 50)
    void shouldFillXavierArraysEvenlyWithinTheirBound(@ForAll long seed) {
        // sqrt(6 / (in + out)), the patch projection seen as 48 -> 30
        assertUniform(new Initialiser(seed).values(LINEAR), Math.sqrt(6.0 / 100));
        assertUniform(new Initialiser(seed).values(PATCHES), Math.sqrt(6.0 / 78));
    }

    @Property(tries = 50)
    void shouldDrawNormalsOfTheRightDeviation(@ForAll long seed) {
        float[] values = new Initialiser(seed).values(TOKEN);
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        for (float value : values) {
            double x = value / 0.02;
            sum += x;
            squares += x * x;
            fourths += x * x * x * x;
        }
        // Five and a half deviations of each moment's own error
        assertThat(sum / values.length).isCloseTo(0, offset(5.5 * Math.sqrt(1.0 / 20_000)));
        assertThat(squares / values.length).isCloseTo(1, offset(5.5 * Math.sqrt(2.0 / 20_000)));
        assertThat(fourths / values.length).isCloseTo(3, offset(5.5 * Math.sqrt(96.0 / 20_000)));
    }

    @Property(tries = 50)
    void shouldNotDependOnTheOrderOfArrays(@ForAll long seed) {
        Initialiser one = new Initialiser(seed);
        Initialiser other = new Initialiser(seed);
        float[] linearFirst = one.values(LINEAR);
        float[] tokenSecond = one.values(TOKEN);
        assertThat(other.values(TOKEN)).isEqualTo(tokenSecond);
        assertThat(other.values(LINEAR)).isEqualTo(linearFirst);
    }

    @Test
    void shouldFillEveryArrayOfAModelDifferently() {
        Set<Float> firsts = new HashSet<>();
        List<ParameterSpec> specs = ParameterSpec.of(MaeShape.preset("small"));
        int drawn = 0;
        for (ParameterSpec spec : specs) {
            if (spec.start() == ParameterSpec.Start.XAVIER) {
                firsts.add(new Initialiser(1).values(spec)[0] * (float) Math.sqrt(spec.size()));
                drawn++;
            }
        }
        assertThat(firsts).hasSize(drawn);
    }

    @Test
    void shouldSetNormsToOneAndBiasesToZero() {
        for (ParameterSpec spec : ParameterSpec.of(Fixtures.SMALL)) {
            float[] values = new Initialiser(1).values(spec);
            boolean norm = spec.name().contains("norm") && spec.name().endsWith("weight");
            if (norm) {
                assertThat(values).as(spec.name()).containsOnly(1f);
            } else if (spec.name().endsWith("bias")) {
                assertThat(values).as(spec.name()).containsOnly(0f);
            } else {
                assertThat(values).as(spec.name()).doesNotContain(0f);
            }
        }
    }

    /** Computed outside Java: a run's first weights must be the same in every release. */
    @Test
    void shouldGiveTheSameFirstValuesForever() {
        Initialiser initialiser = new Initialiser(42);
        assertThat(Arrays.copyOf(initialiser.values(LINEAR), 3))
                .containsExactly(-0.045560952f, -0.16158454f, 0.06362741f);
        assertThat(Arrays.copyOf(initialiser.values(TOKEN), 3))
                .containsExactly(0.024184607f, -0.033068895f, 0.044891056f);
    }

    private static void assertUniform(float[] values, double bound) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            assertThat((double) Math.abs(value)).isLessThanOrEqualTo(bound * (1 + 1e-6));
            sum += value / bound;
            squares += value / bound * (value / bound);
        }
        int n = values.length;
        assertThat(sum / n).isCloseTo(0, offset(5.5 * Math.sqrt(1 / 3.0 / n)));
        assertThat(squares / n).isCloseTo(1 / 3.0, offset(5.5 * Math.sqrt(4 / 45.0 / n)));
    }
}
