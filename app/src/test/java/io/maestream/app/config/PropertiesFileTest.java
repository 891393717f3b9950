package io.maestream.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    @TempDir Path directory;

    @Test
    void shouldReadKeysAndValuesInUtf8() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("a.properties"), "# note\na.b = Kühe\n");

        // When
        var values = PropertiesFile.read(file);

        // Then
        assertThat(values).containsOnly(java.util.Map.entry("a.b", "Kühe"));
    }

    @Test
    void shouldNameTheFileWhenItIsMissingOrMalformed() throws IOException {
        // Given
        Path missing = directory.resolve("missing.properties");
        Path malformed = Files.writeString(directory.resolve("bad.properties"), "a=\\uZZZZ");

        // Then
        assertThatThrownBy(() -> PropertiesFile.read(missing))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> PropertiesFile.read(malformed))
                .isInstanceOf(BadConfigurationException.class)
                .hasMessageContaining("not a readable properties file");
    }
}
