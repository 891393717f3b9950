package io.maestream.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

class ConfigCatalogTest {
    private final ConfigCatalog catalog = new ConfigCatalog(List.of(Farm.SECTION));

    @Example
    void shouldRefuseAKeyThatTwoSectionsDeclareDifferently() {
        // Given
        var other = section(new ConfigDef().define("farm.cows", Type.LONG, 2L, Importance.LOW, ""));

        // Then
        assertThatThrownBy(() -> new ConfigCatalog(List.of(Farm.SECTION, other)))
                .hasMessageContaining("farm.cows");
    }

    @Example
    void shouldAcceptAKeyThatTwoSectionsDeclareAlike() {
        // Given
        var other = section(new ConfigDef().define("farm.cows", Type.INT, 2, Importance.LOW, ""));

        // When
        var merged = new ConfigCatalog(List.of(Farm.SECTION, other));

        // Then
        assertThat(merged.keys()).hasSize(3);
    }

    @Property(tries = 50)
    void shouldFindTheKeyWhenOneLetterIsReplaced(
            @ForAll int position, @ForAll @AlphaChars char letter) {
        // Given a declared key with one slip
        String key = "farm.sheep";
        StringBuilder slip = new StringBuilder(key);
        slip.setCharAt(Math.floorMod(position, key.length()), letter);

        // Then
        assertThat(catalog.nearest(slip.toString())).contains(key);
    }

    @Property(tries = 100)
    void shouldMeasureADistance(
            @ForAll @AlphaChars @StringLength(max = 8) String a,
            @ForAll @AlphaChars @StringLength(max = 8) String b,
            @ForAll @AlphaChars @StringLength(max = 8) String c) {
        // Then it is symmetric, zero only for equals, bounded and keeps the triangle inequality
        int ab = EditDistance.between(a, b);
        assertThat(ab).isEqualTo(EditDistance.between(b, a));
        assertThat(ab == 0).isEqualTo(a.equals(b));
        assertThat(ab)
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
        assertThat(EditDistance.between(a, c)).isLessThanOrEqualTo(ab + EditDistance.between(b, c));
    }

    private static ConfigSection<Map<String, ?>> section(ConfigDef definition) {
        return new ConfigSection<>("other", definition, parsed -> parsed);
    }
}
