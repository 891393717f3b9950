package io.maestream.schemas.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    @Test
    void shouldSortKeysWhenGivenPrefixedProperties() {
        // Given
        Map<String, String> properties =
                Map.of(
                        "kafka.bootstrap.servers", "a:1",
                        "kafka.consumer.fetch.min.bytes", "7",
                        "kafka.producer.linger.ms", "1",
                        "kafka.streams.num.standby.replicas", "2",
                        "run.id", "r");

        // When
        KafkaSettings settings = KafkaSettings.from(properties);

        // Then
        assertThat(settings.bootstrapServers()).isEqualTo("a:1");
        assertThat(settings.common()).containsOnlyKeys("bootstrap.servers");
        assertThat(settings.consumer()).containsEntry("fetch.min.bytes", "7");
        assertThat(settings.producer()).containsEntry("linger.ms", "1");
        assertThat(settings.streams()).containsEntry("num.standby.replicas", "2");
    }

    @Test
    void shouldHideSecretsWhenShown() {
        // Given
        KafkaSettings settings =
                new KafkaSettings(
                        Map.of(
                                "bootstrap.servers", "a:1",
                                "sasl.jaas.config", "s3cret-1",
                                "ssl.keystore.password", "s3cret-2",
                                "sasl.oauthbearer.client.secret", "s3cret-3"),
                        Map.of("ssl.keystore.key", "s3cret-4"),
                        Map.of(),
                        Map.of("my.TOKEN", "s3cret-5"));

        // When
        String shown = settings.toString();

        // Then
        assertThat(shown).doesNotContain("s3cret").contains("sasl.jaas.config=[hidden]", "a:1");
    }

    @Test
    void shouldNameTheKeyWhenNoBrokerIsNamed() {
        assertThatThrownBy(() -> KafkaSettings.from(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka.bootstrap.servers");
    }
}
