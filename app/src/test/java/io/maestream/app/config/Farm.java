package io.maestream.app.config;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;

/** A record for tests, about a farm, with every kind of key and a check across two. */
record Farm(int cows, int sheep, String gate, Map<String, ?> all) {
    static final ConfigSection<Farm> SECTION =
            new ConfigSection<>("farm", definition(), Farm::from);

    Farm {
        if (sheep < cows) {
            throw new IllegalArgumentException(
                    "farm.sheep ("
                            + sheep
                            + ") must not be below farm.cows ("
                            + cows
                            + "); gate "
                            + gate);
        }
    }

    static ConfigDef definition() {
        return new ConfigDef()
                .define("farm.cows", Type.INT, 2, Range.between(0, 100), Importance.HIGH, "Cows.")
                .define("farm.sheep", Type.INT, 50, Range.atLeast(0), Importance.HIGH, "Sheep.")
                .define("farm.gate", Type.PASSWORD, "", Importance.LOW, "Code of the gate.");
    }

    static Farm from(Map<String, ?> parsed) {
        return new Farm(
                (Integer) parsed.get("farm.cows"),
                (Integer) parsed.get("farm.sheep"),
                ((Password) parsed.get("farm.gate")).value(),
                parsed);
    }

    static ConfigLoader loader() {
        return new ConfigLoader(new ConfigCatalog(List.of(SECTION)));
    }
}
