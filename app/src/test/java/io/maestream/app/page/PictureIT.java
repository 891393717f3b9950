package io.maestream.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draws the README's picture: the dashboard of a demo after some minutes. */
@Tag("picture")
class PictureIT {

    private static final Path IMAGES = Path.of("..", "docs", "images");
    private static final int STEPS = 500;

    @TempDir Path dataDir;

    @Test
    void shouldDrawTheDashboardOfADemoThatHasTrainedForSomeMinutes() throws Exception {
        try (Browser browser = Browser.open();
                DemoProcess demo = DemoProcess.start(dataDir)) {
            Page first = browser.page(demo.dashboard(), 1280, 900, ColorScheme.LIGHT);
            Browser.until(first, "steps => points && points.last('step') >= steps", STEPS);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.page(demo.dashboard(), 1280, 1010, scheme);
                Shots.settle(page);
                String name = scheme.name().toLowerCase(Locale.ROOT);
                page.screenshot(
                        new Page.ScreenshotOptions()
                                .setPath(IMAGES.resolve("dashboard-" + name + ".png")));
                page.context().close();
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
