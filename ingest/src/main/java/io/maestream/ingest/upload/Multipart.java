package io.maestream.ingest.upload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a multipart body apart (RFC 2046, section 5.1; RFC 7578). Each part that is not empty of
 * name is one image; headers of parts are looked at for nothing else, names included.
 */
final class Multipart {

    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "^multipart/form-data\\s*;.*\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*$",
                    Pattern.CASE_INSENSITIVE);
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};
    private static final int MAX_HEAD = 8 * 1024;
    private static final int MAX_PARTS = 1000;

    private final byte[] body;
    private final byte[] delimiter;

    private Multipart(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The boundary in a content type; empty if it is not multipart/form-data. */
    static Optional<String> boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        return matcher.matches()
                ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                : Optional.empty();
    }

    /**
     * The contents of all parts, in their order.
     *
     * @throws RefusedException if the body is malformed or has too many parts
     */
    static List<byte[]> parts(byte[] body, String boundary) throws RefusedException {
        return new Multipart(body, boundary).parts();
    }

    private List<byte[]> parts() throws RefusedException {
        List<byte[]> parts = new ArrayList<>();
        // The first delimiter may stand at the very beginning, without its line break.
        int at = startsAt(2) ? delimiter.length - 2 : after(indexOf(delimiter, 0, body.length));
        while (!isClosing(at)) {
            if (parts.size() == MAX_PARTS) {
                throw RefusedException.badRequest("more than " + MAX_PARTS + " parts");
            }
            int head = indexOf(BLANK_LINE, at, Math.min(body.length, at + MAX_HEAD));
            int end = head < 0 ? -1 : indexOf(delimiter, head + 2, body.length);
            if (end < 0) {
                throw RefusedException.badRequest("the multipart body is cut short");
            }
            int begin = head + BLANK_LINE.length;
            parts.add(Arrays.copyOfRange(body, begin, Math.max(begin, end)));
            at = after(end);
        }
        return parts;
    }

    private int after(int delimiterAt) throws RefusedException {
        if (delimiterAt < 0) {
            throw RefusedException.badRequest("the multipart body has no such boundary");
        }
        return delimiterAt + delimiter.length;
    }

    private boolean isClosing(int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    private boolean startsAt(int skip) {
        return body.length >= delimiter.length - skip
                && Arrays.equals(
                        body, 0, delimiter.length - skip, delimiter, skip, delimiter.length);
    }

    private int indexOf(byte[] what, int from, int to) {
        for (int i = from; i <= to - what.length; i++) {
            if (body[i] == what[0]
                    && Arrays.equals(body, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }
}
