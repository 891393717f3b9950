package io.maestream.app.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.app.Sections;
import io.maestream.app.Settings;
import io.maestream.app.config.BadConfigurationException;
import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.PropertiesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourcesSettingsTest {

    @Test
    void shouldReadEverySourceWhenTheExampleIsLoaded() {
        // Given the file that the documentation names
        Path example = Path.of("..", "config", "sources.properties");

        // When
        SourcesSettings settings = load(PropertiesFile.read(example), Map.of());

        // Then
        assertThat(settings.sources())
                .extracting(SourceSettings::name)
                .containsExactly("gate", "inbox", "uploads", "yard");
        assertThat(settings.named("gate").rate()).isEqualTo(2);
        assertThat(settings.named("inbox").type()).isEqualTo(SourceType.WATCH);
        assertThat(settings.named("yard").camera().stallSeconds()).isEqualTo(5);
        assertThat(settings.stateDir()).isEqualTo(Path.of(".maestream", "ingest"));
    }

    @Test
    void shouldTakeThePasswordFromTheEnvironmentAndHideItWhenShown() {
        // When
        SourcesSettings settings =
                load(camera("rtsp://cam/live"), Map.of("MAESTREAM_SOURCE_GATE_PASSWORD", "s3cret"));

        // Then
        assertThat(settings.named("gate").camera().password().orElseThrow().value())
                .isEqualTo("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void shouldRefuseThePasswordWhenItIsOnTheCommandLine() {
        assertThatThrownBy(
                        () ->
                                Settings.load(
                                        ConfigSources.ofAssignments("source.gate.password=s3cret"),
                                        Map.of()))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContaining("MAESTREAM_SOURCE_GATE_PASSWORD")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldReportEveryMistakeWhenSourcesHaveSome() {
        // Given
        Map<String, String> wrong =
                Map.of(
                        "source.a.type", "camera",
                        "source.b.type", "directory",
                        "source.c.type", "telescope",
                        "source.d.path", "/srv",
                        "source.e.type", "camera",
                        "source.e.uri", "rtsp://me:s3 cret@cam/live",
                        "source.f.type", "simulated",
                        "source.f.rate", "-1");

        // When, Then
        assertThatThrownBy(() -> load(wrong, Map.of()))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContaining("source.a.uri is required")
                .hasMessageContaining("source.b.path is required")
                .hasMessageContaining("source.c.type")
                .hasMessageContaining("source.d.type")
                .hasMessageContaining("source.e.uri")
                .hasMessageContaining("source.f.rate")
                .hasMessageNotContaining("s3 cret");
    }

    @Test
    void shouldNameTheNearestKeyWhenOneIsMisspelt() {
        assertThatThrownBy(() -> load(Map.of("source.gate.urri", "rtsp://cam/live"), Map.of()))
                .hasMessageContaining("source.gate.uri");
    }

    private static Map<String, String> camera(String uri) {
        return Map.of("source.gate.type", "camera", "source.gate.uri", uri);
    }

    private static SourcesSettings load(Map<String, String> file, Map<String, String> variables) {
        ConfigSources sources =
                new ConfigSources("test.properties", file, variables, List.of(), Map.of());
        return Settings.load(sources, Map.of()).get(Sections.SOURCES);
    }
}
