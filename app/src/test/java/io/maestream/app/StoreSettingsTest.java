package io.maestream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.app.config.BadConfigurationException;
import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.LoadedConfig;
import io.maestream.checkpoints.BucketStore;
import io.maestream.checkpoints.FileSystemStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    @Test
    void shouldOpenTheKindOfStoreThatTheLocationNames() {
        LoadedConfig directory = load(Map.of("checkpoint.dir", "/d/x"), List.of());
        LoadedConfig bucket =
                load(
                        Map.of(
                                "checkpoint.dir", "s3://bucket/run",
                                "checkpoint.s3.endpoint", "http://localhost:9000",
                                "checkpoint.s3.access.key", "a",
                                "checkpoint.s3.secret.key", "hidden-word"),
                        List.of("data.dir=/d"));

        assertThat(Stores.open(directory.get(Sections.STORE))).isInstanceOf(FileSystemStore.class);
        StoreSettings s3 = bucket.get(Sections.STORE);
        assertThat(Stores.open(s3)).isInstanceOf(BucketStore.class);
        assertThat(Stores.open(s3).location()).isEqualTo("s3://bucket/run/");
        assertThat(s3.cache()).hasToString("/d/cache");
        assertThat(s3.toString()).doesNotContain("hidden-word");
    }

    @Test
    void shouldReportAllThatIsWrongWithAnObjectStore() {
        assertThatThrownBy(() -> load(Map.of("checkpoint.dir", "s3://Bucket"), List.of()))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContaining("s3://BUCKET/PREFIX");
        assertThatThrownBy(() -> load(Map.of("checkpoint.s3.access.key", "a"), List.of()))
                .hasMessageContaining("belong together");
        assertThatThrownBy(() -> load(Map.of("checkpoint.s3.endpoint", "minio:9000"), List.of()))
                .hasMessageContaining("http://HOST:PORT");
        assertThatThrownBy(() -> load(Map.of(), List.of("checkpoint.s3.secret.key=word-of-mine")))
                .hasMessageContaining("MAESTREAM_CHECKPOINT_S3_SECRET_KEY")
                .hasMessageNotContaining("word-of-mine");
    }

    @Test
    void shouldHandTheRegistryToTheClientsAndHideItsPassword() {
        LoadedConfig config =
                load(
                        Map.of(
                                "schema.registry.url", "http://registry:8081/",
                                "schema.registry.user", "anna",
                                "schema.registry.password", "hidden-word"),
                        List.of());

        var kafka = config.get(Sections.KAFKA);
        assertThat(kafka.common())
                .containsEntry("schema.registry.url", "http://registry:8081")
                .containsEntry("schema.registry.password", "hidden-word");
        assertThat(kafka.toString()).doesNotContain("hidden-word");
        assertThatThrownBy(() -> load(Map.of("schema.registry.url", "registry:8081"), List.of()))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContaining("schema.registry.url");
    }

    private static LoadedConfig load(Map<String, String> file, List<String> assignments) {
        return Settings.load(
                new ConfigSources("test.properties", file, Map.of(), assignments, Map.of()),
                Map.of());
    }
}
