package io.maestream.schemas.access;

/** What the JDK's HTTP server takes at most: it has no limits unless it is told. */
public final class HttpServerLimits {

    private static final int MAX_CONNECTIONS = 1024;
    private static final int MAX_REQUEST_SECONDS = 120;
    private static final int MAX_HEADERS = 100;

    private HttpServerLimits() {}

    /** The JDK's server reads these once, and has no other place for them: call it before one. */
    public static void apply() {
        limit("sun.net.httpserver.maxReqTime", MAX_REQUEST_SECONDS);
        limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
        limit("sun.net.httpserver.maxReqHeaders", MAX_HEADERS);
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
