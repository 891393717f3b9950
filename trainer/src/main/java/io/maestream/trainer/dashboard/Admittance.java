package io.maestream.trainer.dashboard;

import com.sun.net.httpserver.Headers;
import io.maestream.schemas.access.BearerToken;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read. With a token, whoever shows it in the header, or in the cookie that a page gets for
 * it. Without one, whoever is on this machine and names it as such: a page of another site that had
 * its own name lead here (DNS rebinding) sends that name.
 */
public final class Admittance {

    static final String COOKIE = "maestream_dashboard";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Optional<BearerToken> token;

    /** Asks for this token, or for a name of this machine. */
    public Admittance(Optional<BearerToken> token) {
        this.token = token;
    }

    /** Whether a request with these headers is answered. */
    public boolean admits(Headers request) {
        if (token.isEmpty()) {
            return namesThisMachine(request.getFirst("Host"));
        }
        return token.get().isShownBy(request.getFirst("Authorization")) || cookie(request);
    }

    /** Whether this is the token, as a link may bring it. */
    boolean isToken(String shown) {
        return token.isPresent() && token.get().is(shown);
    }

    private boolean cookie(Headers request) {
        String cookies = Optional.ofNullable(request.getFirst("Cookie")).orElse("");
        for (String cookie : cookies.split(";")) {
            String[] parts = cookie.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(COOKIE) && isToken(parts[1])) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesThisMachine(String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return THIS_MACHINE.contains(name);
    }
}
