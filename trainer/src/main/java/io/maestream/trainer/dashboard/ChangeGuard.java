package io.maestream.trainer.dashboard;

import com.sun.net.httpserver.Headers;
import io.maestream.schemas.access.BearerToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may change something: whoever shows the bearer token; or the page itself, which shows a
 * secret of this process that only a page of the same origin can have read. A request that a
 * browser sends for another site's page is refused, whatever it shows.
 */
final class ChangeGuard {

    static final String HEADER = "X-Maestream-Page";

    private static final int SECRET_BYTES = 32;

    private final Admittance readers;
    private final Optional<BearerToken> token;
    private final String secret;

    ChangeGuard(Admittance readers, Optional<BearerToken> token, SecureRandom random) {
        this.readers = readers;
        this.token = token;
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        this.secret = HexFormat.of().formatHex(bytes);
    }

    /** What the page shows; told only to those who may read. */
    String secret() {
        return secret;
    }

    boolean admits(Headers request) {
        if (comesFromAnotherSite(request)) {
            return false;
        }
        boolean bearer =
                token.isPresent() && token.get().isShownBy(request.getFirst("Authorization"));
        return bearer || (readers.admits(request) && isSecret(request.getFirst(HEADER)));
    }

    /** Browsers say where a request comes from, and pages cannot make them lie (Fetch standard). */
    private static boolean comesFromAnotherSite(Headers request) {
        String site = request.getFirst("Sec-Fetch-Site");
        if (site != null && !"same-origin".equals(site) && !"none".equals(site)) {
            return true;
        }
        String origin = request.getFirst("Origin");
        if (origin == null) {
            return false;
        }
        String host = request.getFirst("Host");
        int authority = origin.indexOf("://");
        return host == null
                || authority < 0
                || !origin.substring(authority + 3)
                        .toLowerCase(Locale.ROOT)
                        .equals(host.toLowerCase(Locale.ROOT));
    }

    private boolean isSecret(String shown) {
        return shown != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8),
                        shown.getBytes(StandardCharsets.UTF_8));
    }
}
