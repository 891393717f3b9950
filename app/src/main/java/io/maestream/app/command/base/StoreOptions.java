package io.maestream.app.command.base;

import io.maestream.app.StoreSettings;
import io.maestream.app.broker.BrokerSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where checkpoints are kept. */
public final class StoreOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR|s3://BUCKET/PREFIX",
            description = "The store (checkpoint.dir, .maestream/checkpoints by default).")
    private String location;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The data directory whose checkpoints/ is the store (data.dir).")
    private Path dataDir;

    /** The options as keys, after these. */
    public OptionKeys with(OptionKeys keys) {
        return keys.with(StoreSettings.LOCATION, location).with(BrokerSettings.DATA_DIR, dataDir);
    }
}
