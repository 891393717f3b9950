package io.maestream.app;

import io.maestream.app.config.ConfigLoader;
import io.maestream.app.config.ConfigSources;
import io.maestream.app.config.LoadedConfig;
import io.maestream.app.source.SourcesSettings;
import io.maestream.trainer.trigger.TriggerSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads all sections. Some keys have a default that a section cannot know: directories lie in the
 * data directory, and a command may have defaults of its own.
 */
public final class Settings {
    private static final Map<String, String> BELOW_DATA_DIR =
            Map.of(
                    StoreSettings.LOCATION,
                    "checkpoints",
                    StoreSettings.CACHE,
                    "cache",
                    "prepare.state.dir",
                    "streams",
                    TriggerSettings.STATE_DIR,
                    "streams",
                    SourcesSettings.STATE_DIR,
                    "ingest");

    private Settings() {}

    /** Keys whose default lies in the data directory, and under which name. */
    public static Map<String, String> belowDataDir() {
        return BELOW_DATA_DIR;
    }

    /**
     * Fills every section's record.
     *
     * @param defaults values of keys that nobody set
     * @throws io.maestream.app.config.BadConfigurationException with all mistakes at once
     */
    public static LoadedConfig load(ConfigSources sources, Map<String, String> defaults) {
        ConfigLoader loader = new ConfigLoader(Sections.catalog());
        LoadedConfig asGiven = loader.load(sources);
        Path dataDir = asGiven.get(Sections.BROKER).dataDir();
        Map<String, String> all = new HashMap<>(defaults);
        BELOW_DATA_DIR.forEach((key, name) -> all.put(key, dataDir.resolve(name).toString()));
        return loader.load(sources.withDefaults(all));
    }
}
