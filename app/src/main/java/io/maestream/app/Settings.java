package io.maestream.app;

import io.maestream.app.broker.BrokerSettings;
import io.maestream.app.config.ConfigLoader;
import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.LoadedConfig;
import java.nio.file.Path;
import java.util.Map;

/** Loads all sections; directories that nobody set lie in the data directory. */
public final class Settings {
    private static final Map<String, String> BELOW_DATA_DIR =
            Map.of(StoreSettings.DIRECTORY, "checkpoints");

    private Settings() {}

    /**
     * Fills every section's record.
     *
     * @throws io.maestream.app.config.BadConfigurationException with all mistakes at once
     */
    public static LoadedConfig load(ConfigSources sources) {
        ConfigLoader loader = new ConfigLoader(Sections.catalog());
        LoadedConfig asGiven = loader.load(sources);
        if (!asGiven.isSet(BrokerSettings.DATA_DIR)) {
            return asGiven;
        }
        Path dataDir = asGiven.get(Sections.BROKER).dataDir();
        ConfigSources complete = sources;
        for (Map.Entry<String, String> below : BELOW_DATA_DIR.entrySet()) {
            if (!asGiven.isSet(below.getKey())) {
                String place = dataDir.resolve(below.getValue()).toString();
                complete = complete.withOption(below.getKey(), place);
            }
        }
        return loader.load(complete);
    }
}
