package io.maestream.ingest.source.video;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a camera is. Its text is what may be shown: without user, password and query. */
public final class CameraAddress {

    private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps", "http", "https", "v4l2");

    private final String scheme;
    private final String connect;
    private final String shown;

    private CameraAddress(String scheme, String connect, String shown) {
        this.scheme = scheme;
        this.connect = connect;
        this.shown = shown;
    }

    /** An address without credentials besides those in it. */
    public static CameraAddress of(String text) {
        return of(text, Optional.empty(), Optional.empty());
    }

    /**
     * @param text such as {@code rtsp://host/path}, {@code http://host/stream.mjpg} or {@code
     *     v4l2:/dev/video0}
     * @param user goes before one in the text
     * @param password belongs to the user
     * @throws IllegalArgumentException if it is no such address; the message does not repeat it
     */
    public static CameraAddress of(String text, Optional<String> user, Optional<String> password) {
        URI uri = parse(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException(
                    "a camera's address begins with rtsp://, rtsps://, http://, https:// or"
                            + " v4l2:/dev/…");
        }
        if (scheme.equals("v4l2")) {
            return device(uri);
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "the camera's address names no host; write " + scheme + "://HOST/PATH");
        }
        String userInfo = user.map(name -> userInfo(name, password)).orElse(uri.getRawUserInfo());
        String place = place(uri);
        return new CameraAddress(
                scheme,
                "%s://%s%s%s"
                        .formatted(
                                scheme,
                                userInfo == null ? "" : userInfo + "@",
                                place,
                                uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                scheme + "://" + place);
    }

    /** Whether a text has a password or user in it, and so belongs on no command line. */
    public static boolean hasCredentials(String text) {
        return parse(text).getRawUserInfo() != null;
    }

    String scheme() {
        return scheme;
    }

    /** For FFmpeg only: it has the credentials. */
    String connect() {
        return connect;
    }

    /** What may be shown. */
    @Override
    public String toString() {
        return shown;
    }

    private static CameraAddress device(URI uri) {
        String path = uri.getPath();
        if (path == null || !path.matches("/dev/[A-Za-z0-9_/-]+")) {
            throw new IllegalArgumentException(
                    "a V4L2 camera is a device such as v4l2:/dev/video0");
        }
        return new CameraAddress("v4l2", path, "v4l2:" + path);
    }

    private static String place(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getHost() + port + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    private static String userInfo(String user, Optional<String> password) {
        return encoded(user) + password.map(word -> ":" + encoded(word)).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static URI parse(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the camera's address is no URI at character "
                            + e.getIndex()
                            + "; special characters of a password must be percent-encoded");
        }
    }
}
