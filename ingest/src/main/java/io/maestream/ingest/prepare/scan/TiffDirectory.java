package io.maestream.ingest.prepare.scan;

import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF file, which is also how Exif data are kept.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0, section
 *     2</a>
 */
final class TiffDirectory {

    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int MAX_ENTRIES = 512;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final Bytes in;
    private final boolean little;
    private final Map<Integer, Integer> entries = new HashMap<>();

    /** Reads the directory's entries, not yet their values. */
    TiffDirectory(Bytes in) throws RejectedException {
        this.in = in;
        this.little = in.u8(0) == 'I';
        long at = u32(4);
        if (at < HEADER || !in.has(at, 2)) {
            throw RejectedException.truncated(Format.TIFF, in, "its directory");
        }
        int count = u16((int) at);
        if (count == 0 || count > MAX_ENTRIES) {
            throw RejectedException.damaged(
                    Format.TIFF, "its directory claims " + count + " entries");
        }
        if (!in.has(at + 2, (long) count * ENTRY)) {
            throw RejectedException.truncated(Format.TIFF, in, "the end of its directory");
        }
        for (int i = 0; i < count; i++) {
            int entry = (int) at + 2 + i * ENTRY;
            entries.putIfAbsent(u16(entry), entry);
        }
    }

    static boolean begins(Bytes in) {
        return in.has(0, HEADER) && (in.spells(0, "II*\0") || in.spells(0, "MM\0*"));
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The tag's value, its first if it has several; the default if the tag is absent. */
    long number(int tag, long absent) throws RejectedException {
        return has(tag) ? number(tag, 0, absent) : absent;
    }

    /** One of the tag's values. */
    long number(int tag, int index, long absent) throws RejectedException {
        Integer entry = entries.get(tag);
        if (entry == null) {
            return absent;
        }
        int type = u16(entry + 2);
        long count = u32(entry + 4);
        if ((type != SHORT && type != LONG) || index >= count) {
            throw RejectedException.damaged(
                    Format.TIFF, "tag " + tag + " is not the number it should be");
        }
        int size = type == SHORT ? 2 : 4;
        long at = count * size <= 4 ? entry + 8 : u32(entry + 8);
        if (!in.has(at, count * size)) {
            throw RejectedException.truncated(Format.TIFF, in, "the values of tag " + tag);
        }
        int place = (int) at + index * size;
        return type == SHORT ? u16(place) : u32(place);
    }

    /** How many values the tag has. */
    long count(int tag) {
        return has(tag) ? u32(entries.get(tag) + 4) : 0;
    }

    private int u16(int at) {
        return little ? in.le16(at) : in.u16(at);
    }

    private long u32(int at) {
        return little ? in.le32(at) : in.u32(at);
    }
}
