package io.maestream.ingest.source.directory;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a journal says: the last state in which each file was published, the newest one last, and
 * how many were noted in all. A compacted journal begins with the number of notes that it no longer
 * has.
 */
final class PublishedNotes {

    private static final Pattern DROPPED = Pattern.compile("# (\\d{1,18}) before");

    private final Map<String, FileStamp> files = new LinkedHashMap<>();
    private long count;
    private long lines;

    /** Of whole lines; what follows the last line break does not count. */
    static PublishedNotes read(byte[] journal) {
        PublishedNotes notes = new PublishedNotes();
        int begin = 0;
        for (int i = 0; i < journal.length; i++) {
            if (journal[i] == '\n') {
                notes.line(new String(journal, begin, i - begin, StandardCharsets.UTF_8));
                begin = i + 1;
            }
        }
        return notes;
    }

    private void line(String text) {
        Matcher dropped = DROPPED.matcher(text);
        if (dropped.matches()) {
            count += Long.parseLong(dropped.group(1));
            return;
        }
        lines++;
        PublishedLine line = PublishedLine.read(text);
        if (line == null) {
            count++;
        } else {
            add(line.name(), line.stamp());
        }
    }

    void add(String name, FileStamp stamp) {
        files.remove(name);
        files.put(name, stamp);
        count++;
    }

    /** The state in which a file was published last, or null. */
    FileStamp stamp(String name) {
        return files.get(name);
    }

    /** How many were ever noted, those of dropped lines as well. */
    long count() {
        return count;
    }

    int size() {
        return files.size();
    }

    /** Whether the journal that was read has lines that say nothing any more. */
    boolean isLong() {
        return lines > files.size();
    }

    /**
     * Forgets files that are no longer there, but for the newest so many of them. Where none of all
     * is there, the folder itself is away, and nothing is forgotten.
     */
    void forget(Set<String> present, int keptOfAbsent) {
        long absent = files.keySet().stream().filter(name -> !present.contains(name)).count();
        if (absent == files.size()) {
            return;
        }
        long[] surplus = {absent - keptOfAbsent};
        files.keySet().removeIf(name -> !present.contains(name) && surplus[0]-- > 0);
    }

    /** The shortest journal that says the same. */
    String compacted() {
        StringBuilder journal = new StringBuilder();
        journal.append("# ").append(count - files.size()).append(" before\n");
        files.forEach((name, stamp) -> journal.append(PublishedLine.write(name, stamp)));
        return journal.toString();
    }
}
