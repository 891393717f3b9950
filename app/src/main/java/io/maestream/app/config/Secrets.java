package io.maestream.app.config;

import java.util.regex.Pattern;

/** Keeps secrets out of what people are shown. */
final class Secrets {
    /** Stands for a secret. */
    static final String HIDDEN = "[hidden]";

    /** The user and password of an address, as in {@code rtsp://user:password@host}. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+@");

    private Secrets() {}

    /** The value if it is no secret; an address without its user. */
    static String shown(ConfigCatalog catalog, String key, String value) {
        if (value.isBlank()) {
            return value;
        }
        return catalog.isSecret(key) ? HIDDEN : USER_INFO.matcher(value).replaceAll(HIDDEN + "@");
    }
}
