package io.maestream.app.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium without a window, and everything that a page of ours must not do in it. */
final class Browser implements AutoCloseable {

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    /** A picture wants minutes of training. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Path executable) {
        // Nothing is downloaded: the browser is the system's.
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--js-flags=--expose-gc",
                                                        "--enable-precise-memory-info")));
    }

    /** Skips the test, with the reason, where there is none. */
    static Browser open() {
        Optional<Path> executable =
                Stream.concat(
                                Optional.ofNullable(System.getenv("CHROMIUM")).stream(),
                                PLACES.stream())
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        Assumptions.assumeTrue(
                executable.isPresent(),
                "no Chromium at "
                        + PLACES
                        + ": install Debian's package chromium, or set CHROMIUM");
        return new Browser(executable.get());
    }

    /** A page that writes down its complaints and whatever it asks other hosts for. */
    Page page(String url, int width, int height, ColorScheme scheme) {
        BrowserContext context =
                chromium.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setDeviceScaleFactor(width < 600 ? 2 : 1)
                                .setColorScheme(scheme)
                                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE.toMillis());
        Page page = context.newPage();
        URI own = URI.create(url);
        page.onConsoleMessage(
                message -> {
                    if (List.of("error", "warning").contains(message.type())) {
                        complaints.add("console: " + message.text());
                    }
                });
        page.onPageError(error -> complaints.add("error: " + error));
        page.onRequest(
                request -> {
                    URI asked = URI.create(request.url());
                    if (!own.getAuthority().equals(asked.getAuthority())) {
                        complaints.add("request to " + request.url());
                    }
                });
        page.navigate(url);
        return page;
    }

    /**
     * Waits until this is true on the page. Asked again and again from here: the page's own policy
     * forbids what Playwright's waiting would evaluate there.
     */
    static void until(Page page, String condition, Object argument) {
        Awaitility.await(condition)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .pollInSameThread()
                .until(() -> Boolean.TRUE.equals(page.evaluate(condition, argument)));
    }

    static void until(Page page, String condition) {
        until(page, condition, null);
    }

    /** Chromium's own tools for a page. */
    static CDPSession tools(Page page) {
        return page.context().newCDPSession(page);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
