package io.maestream.ingest.source.directory;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A line of the journal: size, modification, name; the name encoded so that a line break in it
 * cannot begin a line.
 */
record PublishedLine(String name, FileStamp stamp) {

    static String write(String name, FileStamp stamp) {
        return "%d %d %s\n"
                .formatted(
                        stamp.size(),
                        stamp.modifiedMicros(),
                        URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    /** Null if it is no such line, as after a damage of the disk: its file is published again. */
    static PublishedLine read(String line) {
        String[] fields = line.strip().split(" ");
        try {
            return fields.length != 3
                    ? null
                    : new PublishedLine(
                            URLDecoder.decode(fields[2], StandardCharsets.UTF_8),
                            new FileStamp(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
