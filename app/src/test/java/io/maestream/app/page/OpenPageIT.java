package io.maestream.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.maestream.trainer.dashboard.Dashboard;
import io.maestream.trainer.dashboard.Dashboard.PortTaken;
import io.maestream.trainer.dashboard.DashboardSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A page left open while a run makes twenty steps a second: {@code mvn -Pbrowser-soak -pl app -am
 * verify}. Its time is the system property {@code maestream.page.minutes}, 10 by default.
 */
@Tag("browser-soak")
class OpenPageIT {

    private static final int STEPS_PER_SECOND = 20;
    private static final Duration OPEN =
            Duration.ofMinutes(Integer.getInteger("maestream.page.minutes", 10));
    private static final Duration WARM_UP = OPEN.dividedBy(5);

    @Test
    void shouldKeepItsHeapFlatWhenAPageIsLeftOpen() throws IOException {
        // Given a page whose charts are full, so that what grows is not their filling
        try (Browser browser = Browser.open();
                Dashboard dashboard = open();
                SteadyTrainer trainer = new SteadyTrainer(dashboard.observers())) {
            trainer.start(STEPS_PER_SECOND);
            Page page = browser.page(dashboard.url(), 1280, 900, ColorScheme.DARK);
            CDPSession tools = Browser.tools(page);
            tools.send("Performance.enable");
            List<Long> heaps = new ArrayList<>();

            // When it stays open
            long end = System.nanoTime() + OPEN.toNanos();
            long warm = System.nanoTime() + WARM_UP.toNanos();
            while (System.nanoTime() < end) {
                page.waitForTimeout(OPEN.toMillis() / 30.0);
                long heap = heap(tools);
                System.out.printf(
                        "page heap %.2f MB, %d nodes, step %d%n",
                        heap / 1e6, metric(tools, "Nodes"), trainer.steps());
                if (System.nanoTime() > warm) {
                    heaps.add(heap);
                }
            }

            // Then its later heap is no larger than its earlier one, and it has drawn all of it
            assertThat(mean(heaps.subList(heaps.size() / 2, heaps.size())))
                    .isLessThan(1.05 * mean(heaps.subList(0, heaps.size() / 2)) + 200_000);
            assertThat(browser.complaints()).isEmpty();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(shownStep(page))
                                            .isGreaterThan(trainer.steps() - 5 * STEPS_PER_SECOND));
        }
    }

    private static Dashboard open() throws IOException {
        return Dashboard.open(
                new DashboardSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()),
                PortTaken.TAKE_ANOTHER,
                "run",
                Clock.systemUTC());
    }

    /** Bytes in use once all garbage is collected. */
    private static long heap(CDPSession tools) {
        tools.send("HeapProfiler.collectGarbage");
        return metric(tools, "JSHeapUsedSize");
    }

    private static long metric(CDPSession tools, String name) {
        for (var metric : tools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject named = metric.getAsJsonObject();
            if (name.equals(named.get("name").getAsString())) {
                return named.get("value").getAsLong();
            }
        }
        throw new IllegalStateException("Chromium tells no " + name);
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElseThrow();
    }

    private static long shownStep(Page page) {
        return Long.parseLong(page.textContent("#now-step").replaceAll("\\D", ""));
    }
}
