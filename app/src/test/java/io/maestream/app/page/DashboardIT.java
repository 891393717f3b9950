package io.maestream.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's dashboard, opened, looked at and used, in the system's Chromium. */
class DashboardIT {

    private static final Path PICTURES = Path.of("target", "dashboard");

    @TempDir Path dataDir;

    @Test
    void shouldShowTheDemoAndTakeACheckpointWhenTheButtonIsPressed() throws IOException {
        Files.createDirectories(PICTURES);
        try (Browser browser = Browser.open();
                DemoProcess demo =
                        DemoProcess.start(
                                dataDir,
                                "--set",
                                "panel.every.seconds=3",
                                "--set",
                                "feed.buffer.start=64",
                                "--set",
                                "checkpoint.every.seconds=0")) {
            // Given the page of a demo that trains
            Page page = browser.page(demo.dashboard(), 1280, 900, ColorScheme.LIGHT);
            Browser.until(page, "points && points.size >= 3");

            // Then the loss chart grows, and the first panel and pictures are loaded
            int points = size(page);
            Browser.until(page, "was => points.size > was + 2", points);
            Browser.until(page, "document.querySelector('#panel').naturalWidth > 0");
            Browser.until(page, "document.querySelectorAll('.thumb img').length >= 2");
            Shots.settle(page);

            // When somebody presses the button and says yes, by keyboard
            int rows = page.locator("#checkpoints tr").count();
            page.locator("button[data-kind=CHECKPOINT]").first().focus();
            page.keyboard().press("Enter");
            Browser.until(page, "document.querySelector('#ask').open");
            page.keyboard().press("Enter");

            // Then a row appears, and the page says which checkpoint it is
            Browser.until(
                    page, "was => document.querySelectorAll('#checkpoints tr').length > was", rows);
            Browser.until(page, "/is committed/.test(document.querySelector('#said').textContent)");

            // And releases are drawn beside the run, whichever is newer
            assertThat(lanes(page, "{id:'c',parent:'a',trigger:'TIME'},")).isEqualTo("0,1,0");
            assertThat(lanes(page, "")).isEqualTo("1,0");

            // And it pauses and goes on, fits every width, and complains of nothing
            command(page, "PAUSE", "paused");
            command(page, "RESUME", "training");
            Shots.take(browser, demo.dashboard(), PICTURES, "dashboard");
            page.setViewportSize(390, 844);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Of a checkpoint, a release made from it, and maybe a newer checkpoint. */
    private static Object lanes(Page page, String newest) {
        return page.evaluate(
                "lineage(["
                        + newest
                        + "{id:'r',parent:'a',trigger:'RELEASE'},{id:'a',parent:null,trigger:'TIME'}])"
                        + ".rows.map(row => row.lane).join()");
    }

    private static void command(Page page, String kind, String state) {
        page.locator("button[data-kind=" + kind + "]").first().click();
        page.locator("#ask-yes").click();
        Browser.until(
                page, "want => document.querySelector('#status').dataset.state === want", state);
    }

    private static int size(Page page) {
        return ((Number) page.evaluate("points.size")).intValue();
    }
}
