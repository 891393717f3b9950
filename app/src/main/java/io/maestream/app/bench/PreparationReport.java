package io.maestream.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How preparation compares with the picture library alone.
 *
 * @param images of each round
 * @param meanBytes of an encoded image
 * @param rounds both sides of each, in turn
 */
public record PreparationReport(int images, long meanBytes, List<Round> rounds) implements Report {

    /**
     * One round, in images per second.
     *
     * @param ours of processor time of all of preparation's threads: a core's worth
     * @param alone of processor time of decode, resize and encode
     * @param wall of time on the clock, with one preparing thread and the broker beside it
     */
    public record Round(double ours, double alone, double wall) {

        double ratio() {
            return ours / alone;
        }
    }

    /** Takes its own copy. */
    public PreparationReport {
        rounds = List.copyOf(rounds);
    }

    private Series ratios() {
        return new Series(rounds.stream().map(Round::ratio).toList());
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(format("%d images a round, %d bytes each on average", images, meanBytes));
        for (Round round : rounds) {
            lines.add(
                    format(
                            "preparation %.0f images/s a core (%.0f by the clock), OpenCV alone"
                                    + " %.0f: %.0f %%",
                            round.ours(), round.wall(), round.alone(), 100 * round.ratio()));
        }
        lines.add(
                format(
                        "median of %d rounds: %.0f %% of OpenCV alone",
                        rounds.size(), 100 * ratios().median()));
        return lines;
    }

    @Override
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("images", images);
        json.put("meanBytes", meanBytes);
        json.put("medianRatio", ratios().median());
        ArrayNode array = json.putArray("rounds");
        for (Round round : rounds) {
            ObjectNode node = array.addObject();
            node.put("imagesPerCoreSecond", round.ours());
            node.put("imagesPerSecond", round.wall());
            node.put("openCvImagesPerCoreSecond", round.alone());
            node.put("ratio", round.ratio());
        }
        return json.toString();
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
