package io.maestream.schemas.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.maestream.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClientConfigsTest {

    private static final int IMAGE = 2 * 1024 * 1024;
    private static final int MESSAGE = IMAGE + 65536;

    @Test
    void shouldLetTheLaterWinWhenAKeyIsSetTwice() {
        // Given
        ClientConfigs configs =
                configs(Map.of("linger.ms", "1", "client.id", "c"), Map.of("linger.ms", "2"));

        // When
        Map<String, Object> plain = configs.producer(Map.of());
        Map<String, Object> overridden = configs.producer(Map.of("linger.ms", 3));

        // Then
        assertThat(plain).containsEntry("linger.ms", "2").containsEntry("client.id", "c");
        assertThat(plain).containsEntry("compression.type", "lz4");
        assertThat(overridden).containsEntry("linger.ms", 3);
    }

    @Test
    void shouldKeepItsPromisesWhenSettingsWouldBreakThem() {
        // Given
        ClientConfigs configs =
                new ClientConfigs(
                        new KafkaSettings(
                                Map.of("bootstrap.servers", "a:1"),
                                Map.of("isolation.level", "read_uncommitted"),
                                Map.of("acks", "0", "enable.idempotence", "false"),
                                Map.of("processing.guarantee", "at_least_once")),
                        topics(IMAGE));

        // When, Then
        assertThat(configs.producer(Map.of()))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true);
        assertThat(configs.consumer(Map.of()))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false);
        assertThat(configs.streams("app", Map.of()))
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("application.id", "app");
    }

    @Test
    void shouldRaiseSizesWhenTheyAreTooSmallAndKeepThemWhenLarger() {
        // Given
        ClientConfigs configs =
                configs(
                        Map.of(),
                        Map.of("max.request.size", "1000", "buffer.memory", "99999999999"));

        // When
        Map<String, Object> producer = configs.producer(Map.of());

        // Then
        assertThat(producer)
                .containsEntry("max.request.size", MESSAGE)
                .containsEntry("buffer.memory", "99999999999");
        assertThat(configs.consumer(Map.of())).containsEntry("max.partition.fetch.bytes", MESSAGE);
    }

    @Test
    void shouldPrefixClientKeysWhenBuildingStreams() {
        // Given
        ClientConfigs configs =
                configs(Map.of("security.protocol", "SSL"), Map.of("linger.ms", "4"));

        // When
        Map<String, Object> streams = configs.streams("app", Map.of("num.stream.threads", 2));

        // Then
        assertThat(streams)
                .containsEntry("security.protocol", "SSL")
                .containsEntry("producer.linger.ms", "4")
                .containsEntry("producer.compression.type", "none")
                .containsEntry("producer.max.request.size", MESSAGE)
                .containsEntry("consumer.max.partition.fetch.bytes", MESSAGE)
                .containsEntry("num.stream.threads", 2);
    }

    @Test
    void shouldLeaveTheSessionToTheBrokerWhenTheGroupProtocolIsNew() {
        // Given
        ClientConfigs configs = configs(Map.of("group.protocol", "consumer"), Map.of());

        // When, Then
        assertThat(configs.consumer(Map.of()))
                .doesNotContainKeys("session.timeout.ms", "heartbeat.interval.ms");
        assertThat(configs(Map.of(), Map.of()).consumer(Map.of()))
                .containsEntry("session.timeout.ms", 6_000);
    }

    @Property(tries = 50)
    void shouldFitTheLargestImageEverywhereWhenAnySizeIsChosen(
            @ForAll @IntRange(min = 1024, max = 33554432) int image) {
        // Given
        ClientConfigs configs = new ClientConfigs(KafkaSettings.of("a:1"), topics(image));

        // When
        Map<String, Object> producer = configs.producer(Map.of());
        Map<String, Object> consumer = configs.consumer(Map.of());

        // Then
        assertThat((int) producer.get("max.request.size")).isGreaterThan(image);
        assertThat(((Number) producer.get("buffer.memory")).longValue()).isGreaterThan(image);
        assertThat((int) consumer.get("max.partition.fetch.bytes")).isGreaterThan(image);
        assertThat((int) consumer.get("fetch.max.bytes")).isGreaterThan(image);
    }

    private static ClientConfigs configs(Map<String, String> common, Map<String, String> producer) {
        Map<String, String> all = new HashMap<>(common);
        all.put("bootstrap.servers", "a:1");
        return new ClientConfigs(
                new KafkaSettings(all, Map.of(), producer, Map.of()), topics(IMAGE));
    }

    private static TopicSettings topics(int maxImageBytes) {
        return new TopicSettings(1, (short) 1, maxImageBytes, -1, Duration.ofDays(1));
    }
}
