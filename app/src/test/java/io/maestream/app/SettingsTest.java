package io.maestream.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.LoadedConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void shouldPutDirectoriesThatNobodySetIntoTheDataDirectory() {
        // Given
        var sources = ConfigSources.ofAssignments("data.dir=/d", "prepare.state.dir=/s");

        // When
        LoadedConfig config = Settings.load(sources, Map.of());

        // Then
        assertThat(config.get(Sections.STORE).location()).isEqualTo("/d/checkpoints");
        assertThat(config.get(Sections.PREPARE).stateDir()).contains(Path.of("/s"));
    }

    @Test
    void shouldTakeACommandsDefaultOnlyForAKeyThatNobodySet() {
        // Given
        var defaults = Map.of("broker.port", "7", "simulate.cameras", "8");
        var sources = ConfigSources.ofAssignments("broker.port=9");

        // When
        LoadedConfig config = Settings.load(sources, defaults);

        // Then
        assertThat(config.get(Sections.BROKER).port()).isEqualTo(9);
        assertThat(config.get(Sections.SIMULATE).cameras()).isEqualTo(8);
    }

    @Test
    void shouldDocumentEveryKey() {
        assertThat(Sections.catalog().keys())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.documentation).as(key.name).endsWith("."));
    }
}
