package io.maestream.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What it is worth to keep mask tokens out of the encoder.
 *
 * @param rounds both kinds of step in each, in turn
 */
public record MaskingReport(List<Round> rounds) implements Report {

    /**
     * One round's median steps.
     *
     * @param allMillis with mask tokens in the encoder
     * @param visibleMillis with visible patches only
     */
    public record Round(double allMillis, double visibleMillis) {

        double ratio() {
            return allMillis / visibleMillis;
        }

        /** For a person. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "mask tokens in the encoder %.1f ms, visible patches only %.1f ms: %.2f",
                    allMillis,
                    visibleMillis,
                    ratio());
        }
    }

    /** Takes its own copy. */
    public MaskingReport {
        rounds = List.copyOf(rounds);
    }

    private double medianRatio() {
        return new Series(rounds.stream().map(Round::ratio).toList()).median();
    }

    /** Each round was told when it was over. */
    @Override
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT, "median of %d rounds: %.2f", rounds.size(), medianRatio()));
    }

    @Override
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("medianRatio", medianRatio());
        ArrayNode array = json.putArray("rounds");
        for (Round round : rounds) {
            ObjectNode node = array.addObject();
            node.put("maskTokensMillis", round.allMillis());
            node.put("visibleOnlyMillis", round.visibleMillis());
            node.put("ratio", round.ratio());
        }
        return json.toString();
    }
}
