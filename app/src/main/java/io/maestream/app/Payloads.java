package io.maestream.app;

import io.maestream.app.config.LoadedConfig;
import io.maestream.ingest.payload.FilePayloadStore;
import io.maestream.ingest.payload.NoPayloadStore;
import io.maestream.ingest.payload.PayloadReader;
import io.maestream.ingest.payload.PayloadSettings;

/** Where images that travel as references are kept. */
public final class Payloads {
    private Payloads() {}

    /** Reads the configured store, if there is one. */
    public static PayloadReader reader(LoadedConfig config) {
        return reader(config.get(Sections.PUBLISH).payload());
    }

    /** Reads this store, if there is one. */
    public static PayloadReader reader(PayloadSettings settings) {
        return settings.directory()
                .<PayloadReader>map(root -> new FilePayloadStore(root, settings.maxImageBytes()))
                .orElseGet(NoPayloadStore::new);
    }
}
