package io.maestream.schemas.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/** The secret that a request must show (RFC 6750). Never printed. */
public final class BearerToken {

    private static final int SHORTEST = 16;
    private static final String SCHEME = "bearer ";

    private final byte[] token;

    private BearerToken(byte[] token) {
        this.token = token;
    }

    /**
     * The configured token.
     *
     * @param token given in the configuration
     * @param file that holds it, which goes before
     * @param key of the token; the file's is this and {@code .file}
     * @throws IllegalArgumentException if there is none, or it is too short to be a secret
     * @throws IOException if its file cannot be read
     */
    public static BearerToken of(Optional<Password> token, Optional<Path> file, String key)
            throws IOException {
        String text =
                file.isPresent()
                        ? Files.readString(file.get())
                        : token.map(Password::value).orElse("");
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException(
                    "a bearer token of at least %d characters is needed: set MAESTREAM_%s, or %s.file to a file that holds one"
                            .formatted(
                                    SHORTEST, key.toUpperCase(Locale.ROOT).replace('.', '_'), key));
        }
        return new BearerToken(bytes);
    }

    /** Whether a header shows it; takes as long for any wrong token. */
    public boolean isShownBy(String authorization) {
        return authorization != null
                && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && is(authorization.substring(SCHEME.length()));
    }

    /** Whether this is it, from elsewhere than the header; likewise. */
    public boolean is(String shown) {
        return MessageDigest.isEqual(token, shown.strip().getBytes(StandardCharsets.UTF_8));
    }
}
