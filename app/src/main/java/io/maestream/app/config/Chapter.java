package io.maestream.app.config;

/**
 * Where a section's keys stand in the documentation.
 *
 * @param title heading
 * @param readers who reads the keys, a sentence
 */
public record Chapter(String title, String readers) {}
