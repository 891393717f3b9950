package io.maestream.app.command.checkpoints;

import io.maestream.app.command.base.Surroundings;
import io.maestream.app.config.LoadedConfig;
import io.maestream.checkpoints.CheckpointStore;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One checkpoint of the store, by its name. */
public final class ChoiceOptions {
    @Mixin private CheckpointOptions options;

    @Parameters(
            paramLabel = "ID|latest|release",
            defaultValue = CheckpointOptions.LATEST,
            description = "Which one; the latest by default.")
    private String id;

    /**
     * What was found.
     *
     * @param store that has it
     * @param choice which it is
     */
    record Found(CheckpointStore store, CheckpointOptions.Choice choice) {}

    Found find(Surroundings surroundings) throws IOException, InterruptedException {
        LoadedConfig config = options.load(surroundings);
        CheckpointStore store = CheckpointOptions.store(config);
        return new Found(store, options.choose(id, config, store));
    }
}
