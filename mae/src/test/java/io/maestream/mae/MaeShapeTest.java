package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaeShapeTest {

    /** ViT-B as in the paper's code: facts that timm and the released weights share. */
    @Test
    void shouldHaveThePapersArraysAndParametersAtBase() {
        MaeShape base = MaeShape.preset("base");
        assertThat(arrays(base, true)).isEqualTo(150);
        assertThat(parameters(base, true)).isEqualTo(85_798_656);
        assertThat(arrays(base, false)).isEqualTo(254);
        assertThat(parameters(base, false)).isEqualTo(111_907_840);
    }

    @ParameterizedTest
    @CsvSource({
        "tiny, 96, 8, 144, 36, 192",
        "small, 224, 16, 196, 49, 768",
        "base, 224, 16, 196, 49, 768",
        "large, 224, 16, 196, 49, 768"
    })
    void shouldCountPatches(String name, int size, int patch, int all, int visible, int values) {
        MaeShape shape = MaeShape.preset(name);
        assertThat(shape.image()).isEqualTo(new ImageShape(size, patch, 3));
        assertThat(shape.patches()).isEqualTo(all);
        assertThat(shape.visible(0.75)).isEqualTo(visible);
        assertThat(shape.patchValues()).isEqualTo(values);
    }

    @Test
    void shouldHaveTheTowersOfTheLargeModel() {
        assertThat(MaeShape.preset("large").encoder()).isEqualTo(new TowerShape(1024, 24, 16));
        assertThat(MaeShape.preset("large").decoder()).isEqualTo(new TowerShape(512, 8, 16));
    }

    @Test
    void shouldNameArraysAsTimmDoes() throws IOException {
        List<String> found = new ArrayList<>();
        for (ParameterSpec spec : ParameterSpec.of(MaeShape.preset("tiny"))) {
            found.add(spec.name() + " " + Arrays.toString(spec.shape()));
        }
        try (InputStream golden = getClass().getResourceAsStream("names-tiny.txt")) {
            String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(found).isEqualTo(text.lines().toList());
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndSayWhatWould() {
        assertThatThrownBy(() -> new ImageShape(100, 16, 3))
                .hasMessageContaining("100")
                .hasMessageContaining("multiple of patch size 16")
                .hasMessageContaining("96");
        assertThatThrownBy(() -> new ImageShape(96, 16, 4)).hasMessageContaining("not 4");
        assertThatThrownBy(() -> new TowerShape(100, 2, 3)).hasMessageContaining("heads");
        assertThatThrownBy(() -> MaeShape.preset("huge"))
                .hasMessageContaining("huge")
                .hasMessageContaining("tiny, small, base or large");
        assertThatThrownBy(() -> Fixtures.SMALL.visible(0.95)).hasMessageContaining("0 of 16");
        assertThatThrownBy(() -> new Objective(1, true)).hasMessageContaining("1.0");
    }

    private static long arrays(MaeShape shape, boolean encoderOnly) {
        return ParameterSpec.of(shape).stream().filter(spec -> counts(spec, encoderOnly)).count()
                + (encoderOnly ? 1 : 2);
    }

    /** The paper's code counts the fixed position tables among the parameters. */
    private static long parameters(MaeShape shape, boolean encoderOnly) {
        long trained =
                ParameterSpec.of(shape).stream()
                        .filter(spec -> counts(spec, encoderOnly))
                        .mapToLong(ParameterSpec::size)
                        .sum();
        long rows = shape.patches() + 1L;
        long decoder = encoderOnly ? 0 : rows * shape.decoder().dim();
        return trained + rows * shape.encoder().dim() + decoder;
    }

    private static boolean counts(ParameterSpec spec, boolean encoderOnly) {
        return !encoderOnly || TensorNames.isEncoder(spec.name());
    }
}
