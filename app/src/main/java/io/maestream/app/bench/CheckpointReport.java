package io.maestream.app.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * How long steps pause for a checkpoint.
 *
 * @param pauseMillis each checkpoint's, from the end of a step to the beginning of the next one
 * @param copyMillis the part of it that copies weights and moments, as the events tell it
 * @param stepMillis each step
 */
public record CheckpointReport(Series pauseMillis, Series copyMillis, Series stepMillis)
        implements Report {
    double stepsPerPause() {
        return pauseMillis.median() / stepMillis.median();
    }

    @Override
    public List<String> lines() {
        return List.of(
                format(
                        "pause: median %.1f ms, min %.1f, max %.1f over %d checkpoints;"
                                + " copying alone %.1f ms",
                        pauseMillis.median(),
                        pauseMillis.min(),
                        pauseMillis.max(),
                        pauseMillis.values().size(),
                        copyMillis.median()),
                format(
                        "step: median %.1f ms; a checkpoint pauses for %.2f of a step",
                        stepMillis.median(), stepsPerPause()));
    }

    @Override
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("checkpoints", pauseMillis.values().size());
        json.put("pauseMillis", pauseMillis.median());
        json.put("maxPauseMillis", pauseMillis.max());
        json.put("copyMillis", copyMillis.median());
        json.put("stepMillis", stepMillis.median());
        json.put("stepsPerPause", stepsPerPause());
        return json.toString();
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
