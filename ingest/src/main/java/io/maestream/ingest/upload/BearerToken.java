package io.maestream.ingest.upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Locale;

/** The secret that uploads must show (RFC 6750). Never printed. */
final class BearerToken {

    private static final int SHORTEST = 16;
    private static final String SCHEME = "bearer ";

    private final byte[] token;

    private BearerToken(byte[] token) {
        this.token = token;
    }

    /**
     * The configured token.
     *
     * @throws IllegalArgumentException if there is none, or it is too short to be a secret
     * @throws IOException if its file cannot be read
     */
    static BearerToken of(UploadSettings settings) throws IOException {
        String text =
                settings.tokenFile().isPresent()
                        ? Files.readString(settings.tokenFile().get())
                        : settings.token().map(password -> password.value()).orElse("");
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "uploads need a bearer token of at least %d characters: set MAESTREAM_HTTP_TOKEN, or http.token.file to a file that holds one"
                            .formatted(SHORTEST));
        }
        return new BearerToken(bytes);
    }

    /** Whether a header shows it; takes as long for any wrong token. */
    boolean isShownBy(String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
    }
}
