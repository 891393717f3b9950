package io.maestream.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** A Java properties file in UTF-8. */
public final class PropertiesFile {
    private PropertiesFile() {}

    /**
     * Reads all keys and values.
     *
     * @throws BadConfigurationException if the file cannot be read or is malformed
     */
    public static Map<String, String> read(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadConfigurationException(List.of(unreadable(path, e)));
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty));
    }

    private static ConfigProblem unreadable(Path path, Exception cause) {
        String reason =
                Files.exists(path)
                        ? "is not a readable properties file: " + cause.getMessage()
                        : "there is no such file";
        return new ConfigProblem(
                "--config " + path, Optional.empty(), "", reason, "Check the path and its rights");
    }
}
