package io.maestream.trainer.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import io.maestream.mae.ImageShape;
import io.maestream.mae.MaeShape;
import io.maestream.mae.Objective;
import io.maestream.mae.TowerShape;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The keys {@code model.*}: the shape, as a preset with overrides, and the objective. */
final class ModelKeys {

    static final String PRESET = "model.preset";
    static final String IMAGE_SIZE = "model.image.size";
    static final String PATCH_SIZE = "model.patch.size";
    static final String CHANNELS = "model.channels";
    static final String ENCODER = "model.encoder";
    static final String DECODER = "model.decoder";
    static final String MASK_RATIO = "model.mask.ratio";
    static final String NORM_PIX = "model.norm.pix";

    private static final Pattern TOWER = Pattern.compile("(\\d{1,5})[x×](\\d{1,3})[x×](\\d{1,3})");

    private ModelKeys() {}

    static ConfigDef define(ConfigDef keys) {
        defineShape(keys);
        return defineObjective(defineTowers(keys));
    }

    private static void defineShape(ConfigDef keys) {
        keys.define(
                        PRESET,
                        STRING,
                        "tiny",
                        in("tiny", "small", "base", "large"),
                        HIGH,
                        "Shape of the model: tiny (96/8, for CPUs), small, base or large (224/16).")
                .define(
                        IMAGE_SIZE,
                        INT,
                        0,
                        between(0, 2048),
                        MEDIUM,
                        "Height and width of a training image in pixels; 0 takes the preset's.")
                .define(
                        PATCH_SIZE,
                        INT,
                        0,
                        between(0, 256),
                        MEDIUM,
                        "Height and width of a patch in pixels; 0 takes the preset's.")
                .define(CHANNELS, INT, 3, between(1, 3), MEDIUM, "1 for grey, 3 for RGB.");
    }

    private static ConfigDef defineTowers(ConfigDef keys) {
        return keys.define(
                        ENCODER,
                        STRING,
                        "",
                        MEDIUM,
                        "Encoder as WIDTHxDEPTHxHEADS, such as 192x6x3; empty takes the preset's.")
                .define(
                        DECODER,
                        STRING,
                        "",
                        MEDIUM,
                        "Decoder as WIDTHxDEPTHxHEADS; empty takes the preset's.");
    }

    private static ConfigDef defineObjective(ConfigDef keys) {
        return keys.define(
                        MASK_RATIO,
                        DOUBLE,
                        0.75,
                        between(0.05, 0.98),
                        MEDIUM,
                        "Share of an image's patches that is hidden.")
                .define(
                        NORM_PIX,
                        BOOLEAN,
                        true,
                        MEDIUM,
                        "Whether each target patch is normalised by its own mean and variance.");
    }

    static MaeShape shape(Map<String, ?> values) {
        MaeShape preset = MaeShape.preset((String) values.get(PRESET));
        ImageShape image =
                new ImageShape(
                        orPreset((int) values.get(IMAGE_SIZE), preset.image().size()),
                        orPreset((int) values.get(PATCH_SIZE), preset.image().patch()),
                        (int) values.get(CHANNELS));
        return new MaeShape(
                image,
                tower(ENCODER, values, preset.encoder()),
                tower(DECODER, values, preset.decoder()));
    }

    static Objective objective(Map<String, ?> values) {
        return new Objective((double) values.get(MASK_RATIO), (boolean) values.get(NORM_PIX));
    }

    private static int orPreset(int value, int preset) {
        return value == 0 ? preset : value;
    }

    private static TowerShape tower(String key, Map<String, ?> values, TowerShape preset) {
        String text = (String) values.get(key);
        if (text.isBlank()) {
            return preset;
        }
        Matcher matcher = TOWER.matcher(text.trim());
        if (!matcher.matches()) {
            throw new ConfigException(
                    key, text, "must read WIDTHxDEPTHxHEADS, for example 192x6x3");
        }
        return new TowerShape(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }
}
