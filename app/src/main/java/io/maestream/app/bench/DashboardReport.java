package io.maestream.app.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What open pages of a dashboard cost.
 *
 * @param pages open at once
 * @param ratios of the mean step with pages to that without, pair by pair
 * @param stepMillis of the steps without
 * @param bytesPerSecond that all pages together were sent
 */
public record DashboardReport(int pages, Series ratios, Series stepMillis, double bytesPerSecond)
        implements Report {

    @Override
    public List<String> lines() {
        String each =
                ratios.values().stream()
                        .map(ratio -> format(" %.4f", ratio))
                        .collect(Collectors.joining());
        return List.of(
                format("step without pages: median %.1f ms", stepMillis.median()),
                format(
                        "with %d pages to without, pair by pair:%s; median %.4f",
                        pages, each, ratios.median()),
                format("sent to all pages: %.1f kB/s", bytesPerSecond / 1e3));
    }

    @Override
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("pages", pages);
        json.put("stepMillis", stepMillis.median());
        json.put("medianRatio", ratios.median());
        json.put("bytesPerSecond", bytesPerSecond);
        ratios.values().forEach(json.putArray("ratios")::add);
        return json.toString();
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
