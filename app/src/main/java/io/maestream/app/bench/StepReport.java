package io.maestream.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maestream.mae.MaeSettings;
import io.maestream.mae.MaeShape;
import io.maestream.mae.MatrixProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a step benchmark found.
 *
 * @param settings of the model
 * @param images batch size
 * @param stepMillis each measured step
 * @param rooflineMillis the step's matrix products alone
 * @param peakMebibytes largest resident memory of this process
 * @param ratios ours to the peer's images per second, pair by pair, if there was a peer
 */
public record StepReport(
        MaeSettings settings,
        int images,
        Series stepMillis,
        double rooflineMillis,
        long peakMebibytes,
        Optional<Series> ratios)
        implements Report {
    double imagesPerSecond() {
        return images * 1e3 / stepMillis.median();
    }

    double gigaflopsPerSecond() {
        double flops =
                MatrixProduct.ofStep(settings.shape(), settings.objective().maskRatio(), images)
                        .stream()
                        .mapToDouble(MatrixProduct::flops)
                        .sum();
        return flops / stepMillis.median() / 1e6;
    }

    double rooflineShare() {
        return rooflineMillis / stepMillis.median();
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(modelLine());
        lines.add(
                format(
                        "step: median %.1f ms, min %.1f, max %.1f over %d steps; %.1f images/s",
                        stepMillis.median(),
                        stepMillis.min(),
                        stepMillis.max(),
                        stepMillis.values().size(),
                        imagesPerSecond()));
        lines.add(
                format(
                        "matrix products: %.0f GFLOP/s; alone they take %.1f ms: %.0f %% of that"
                                + " roofline reached",
                        gigaflopsPerSecond(), rooflineMillis, 100 * rooflineShare()));
        lines.add(format("peak resident memory: %d MiB", peakMebibytes));
        ratios.ifPresent(
                found ->
                        lines.add(
                                format(
                                        "against the peer, pair by pair:%s; median %.2f",
                                        found.text(), found.median())));
        return lines;
    }

    @Override
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("images", images);
        json.put("precision", settings.precision().name());
        json.put("medianMillis", stepMillis.median());
        json.put("minMillis", stepMillis.min());
        json.put("maxMillis", stepMillis.max());
        json.put("imagesPerSecond", imagesPerSecond());
        json.put("gigaflopsPerSecond", gigaflopsPerSecond());
        json.put("rooflineMillis", rooflineMillis);
        json.put("rooflineShare", rooflineShare());
        json.put("peakMebibytes", peakMebibytes);
        ArrayNode pairs = json.putArray("ratios");
        ratios.ifPresent(found -> found.values().forEach(pairs::add));
        return json.toString();
    }

    private String modelLine() {
        MaeShape shape = settings.shape();
        return format(
                "image %d/%d×%d, encoder %d×%d×%d, decoder %d×%d×%d, batch %d, %s",
                shape.image().size(),
                shape.image().patch(),
                shape.image().channels(),
                shape.encoder().dim(),
                shape.encoder().depth(),
                shape.encoder().heads(),
                shape.decoder().dim(),
                shape.decoder().depth(),
                shape.decoder().heads(),
                images,
                settings.precision().name().toLowerCase(Locale.ROOT));
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
