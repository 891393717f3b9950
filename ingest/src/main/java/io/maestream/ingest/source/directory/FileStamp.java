package io.maestream.ingest.source.directory;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * By what two states of a file differ.
 *
 * @param size bytes
 * @param modifiedMicros last modification, microseconds since 1970
 */
record FileStamp(long size, long modifiedMicros) {

    static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(
                attributes.size(),
                ChronoUnit.MICROS.between(
                        Instant.EPOCH, attributes.lastModifiedTime().toInstant()));
    }

    Instant modified() {
        return Instant.EPOCH.plus(modifiedMicros, ChronoUnit.MICROS);
    }
}
