package io.maestream.ingest.source.directory;

/**
 * How a directory is read.
 *
 * @param repeat whether to begin again after the last file, for ever
 * @param maxImageBytes files larger than this are not read into memory, in bytes
 */
public record DirectorySettings(boolean repeat, int maxImageBytes) {}
