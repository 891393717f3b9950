package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.schemas.topic.TopicSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrepareSettingsTest {

    @Test
    void shouldGiveNoLargerImagesThanTheTopicsTakeWhenBothAreSet() {
        // Given
        TopicSettings topics =
                TopicSettings.from(
                        TopicSettings.definition().parse(Map.of("topics.max.image.bytes", "5000")));

        // When
        PreparationServiceSettings settings =
                PreparationServiceSettings.from(
                        PreparationServiceSettings.definition()
                                .parse(Map.of("prepare.state.dir", "/x", "prepare.threads", "2")),
                        topics);

        // Then
        assertThat(settings.prepare().images().maxPreparedBytes()).isEqualTo(5000);
        assertThat(settings.prepare().images().maxSide()).isEqualTo(256);
        assertThat(settings.threads()).isEqualTo(2);
        assertThat(settings.stateDir()).contains(Path.of("/x"));
    }

    @Test
    void shouldNameBothKeysWhenTheyContradict() {
        assertThatThrownBy(() -> new PrepareSettings(16, 32, 1000, 1000, 92, 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prepare.min.side (32)")
                .hasMessageContaining("prepare.max.side (16)");
    }
}
