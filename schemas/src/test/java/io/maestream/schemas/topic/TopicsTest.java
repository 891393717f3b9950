package io.maestream.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void shouldDescribeEachTopicWhenAsked() {
        // Given
        TopicSettings settings =
                new TopicSettings(3, (short) 2, 1 << 20, 5000, Duration.ofHours(1));

        // When
        Map<String, TopicSpec> topics =
                Topics.all(settings).stream()
                        .collect(Collectors.toMap(TopicSpec::name, Function.identity()));

        // Then
        assertThat(topics).hasSize(11);
        assertThat(topics.get("images.raw").partitions()).isEqualTo(3);
        assertThat(topics.get("images.prepared").configs())
                .containsEntry("retention.bytes", "5000")
                .containsEntry("retention.ms", "3600000")
                .containsEntry("max.message.bytes", "" + ((1 << 20) + 65536));
        assertThat(topics.get("checkpoints").configs()).containsEntry("retention.ms", "-1");
        assertThat(topics.get("checkpoints.latest").configs())
                .containsEntry("cleanup.policy", "compact");
        assertThat(topics.get("checkpoints").partitions()).isEqualTo(1);
    }

    @Test
    void shouldKeepImagesForEverWhenRetentionIsMinusOne() {
        // Given
        TopicSettings settings =
                TopicSettings.from(
                        TopicSettings.definition()
                                .parse(Map.of("topics.image.retention.seconds", "-1")));

        // When
        TopicSpec raw = Topics.all(settings).get(0);

        // Then
        assertThat(raw.configs()).containsEntry("retention.ms", "-1");
    }

    @Test
    void shouldHaveItsDefaultsWhenNothingIsSet() {
        assertThat(TopicSettings.defaults().maxImageBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(TopicSettings.defaults().imagePartitions()).isEqualTo(1);
        assertThat(TopicSettings.defaults().replicationFactor()).isEqualTo((short) -1);
    }

    @Test
    void shouldRefuseWhenAnImageWouldNotFitARequest() {
        assertThatThrownBy(
                        () ->
                                TopicSettings.definition()
                                        .parse(Map.of("topics.max.image.bytes", "100000000")))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(
                        () -> new TopicSettings(1, (short) 1, 100_000_000, -1, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topics.max.image.bytes")
                .hasMessageContaining("33554432");
    }
}
