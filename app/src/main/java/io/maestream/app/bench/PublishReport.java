package io.maestream.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark of the publisher found.
 *
 * @param imageBytes size of each image
 * @param ours images per second of each round
 * @param bare the same of the bare producer
 */
public record PublishReport(int imageBytes, Series ours, Series bare) implements Report {
    private static final double MEGABYTE = 1e6;

    /** Ours to the bare producer's, round by round. */
    Series ratios() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.values().size(); i++) {
            ratios.add(ours.values().get(i) / bare.values().get(i));
        }
        return new Series(ratios);
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("publisher", ours));
        lines.add(line("bare producer", bare));
        lines.add(format("round by round:%s; median %.2f", ratios().text(), ratios().median()));
        return lines;
    }

    @Override
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("imageBytes", imageBytes);
        json.put("imagesPerSecond", ours.median());
        json.put("bareImagesPerSecond", bare.median());
        json.put("megabytesPerSecond", ours.median() * imageBytes / MEGABYTE);
        ArrayNode ratios = json.putArray("ratios");
        ratios().values().forEach(ratios::add);
        return json.toString();
    }

    private String line(String name, Series rates) {
        return format(
                "%s: median %.0f images/s of %d bytes, %.0f MB/s; min %.0f, max %.0f",
                name,
                rates.median(),
                imageBytes,
                rates.median() * imageBytes / MEGABYTE,
                rates.min(),
                rates.max());
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
