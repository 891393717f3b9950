package io.maestream.app.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;

/** Pictures of a page, for people to look at: wide and narrow, light and dark. */
final class Shots {

    private static final List<Integer> WIDTHS = List.of(1280, 390);

    private Shots() {}

    /** Writes {@code dashboard-WIDTH-SCHEME.png} files. */
    static void take(Browser browser, String url, Path folder, String name) {
        for (int width : WIDTHS) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = browser.page(url, width, width < 600 ? 844 : 900, scheme);
                settle(page);
                String file =
                        "%s-%d-%s.png"
                                .formatted(
                                        name,
                                        width,
                                        scheme.name().toLowerCase(java.util.Locale.ROOT));
                page.screenshot(
                        new Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(folder.resolve(file)));
                page.context().close();
            }
        }
    }

    /** Until pictures are there and two messages have come. */
    static void settle(Page page) {
        Browser.until(
                page,
                "document.querySelector('#status').dataset.state !== 'starting'"
                        + " && points && points.size > 0"
                        + " && document.querySelector('#panel').naturalWidth > 0"
                        + " && [...document.querySelectorAll('.thumb img')].every(i => i.naturalWidth > 0)");
    }
}
