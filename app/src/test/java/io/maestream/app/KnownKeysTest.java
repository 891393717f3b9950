package io.maestream.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownKeysTest {
    @Test
    void shouldKnowDeclaredKeysSourcesAndKafkas() {
        assertThat(KnownKeys.isKey("train.batch.size")).isTrue();
        assertThat(KnownKeys.isKey("source.door.uri")).isTrue();
        assertThat(KnownKeys.isKey("kafka.security.protocol")).isTrue();
        assertThat(KnownKeys.isKey("train.bach.size")).isFalse();
        assertThat(KnownKeys.nearest("train.bach.size")).contains("train.batch.size");
    }

    @Test
    void shouldKnowTheirVariablesAndTheLaunchers() {
        assertThat(KnownKeys.isVariable("MAESTREAM_TRAIN_BATCH_SIZE")).isTrue();
        assertThat(KnownKeys.isVariable("MAESTREAM_SOURCE_DOOR_URI")).isTrue();
        assertThat(KnownKeys.isVariable("MAESTREAM_JVM_OPTS")).isTrue();
        assertThat(KnownKeys.isVariable("MAESTREAM_TRAIN_BACH_SIZE")).isFalse();
        assertThat(KnownKeys.isVariable("PATH")).isFalse();
    }
}
