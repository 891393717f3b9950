package io.maestream.app.command.evaluate;

import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.checkpoints.CheckpointOptions;
import io.maestream.app.config.LoadedConfig;
import io.maestream.checkpoints.CheckpointReader;
import io.maestream.checkpoints.CheckpointVerifier;
import io.maestream.checkpoints.FileSystemStore;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.Verification;
import io.maestream.mae.Devices;
import io.maestream.mae.FrozenMae;
import io.maestream.trainer.checkpoint.FrozenModels;
import io.maestream.trainer.feed.CentredImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which checkpoint's model a command looks at. */
public final class LookOptions {
    @Mixin private CheckpointOptions store;

    @Option(
            names = "--checkpoint",
            paramLabel = "ID|latest|release|DIR|URI",
            defaultValue = CheckpointOptions.LATEST,
            description =
                    "Which one, its directory, or where it lies as events name it (s3: or file:);"
                            + " the latest in the store by default.")
    private String name;

    /**
     * A checkpoint that was verified.
     *
     * @param manifest what it says of itself
     * @param directory its files
     */
    record Verified(Manifest manifest, Path directory) {

        ModelDescription model() {
            return manifest.model();
        }

        FrozenMae open() throws IOException {
            return FrozenModels.open(directory, manifest.model(), Devices.best());
        }

        CentredImages images() {
            return new CentredImages(manifest.model().imageSize(), manifest.model().channels());
        }
    }

    LoadedConfig load(Surroundings surroundings) {
        return store.load(surroundings);
    }

    /** The checkpoint, after every byte was compared with its manifest. */
    Verified verified(LoadedConfig config) throws IOException, InterruptedException {
        Path directory = Path.of(name).toAbsolutePath().normalize();
        if (Files.isRegularFile(directory.resolve(Manifest.FILE_NAME))) {
            String id = directory.getFileName().toString();
            return verified(new FileSystemStore(directory.getParent()), id, null);
        }
        CheckpointOptions.Place place = CheckpointOptions.place(name, config);
        var reader = place.store();
        CheckpointOptions.Choice choice = store.choose(place.name(), config, reader);
        return verified(reader, choice.id(), choice.manifestSha256());
    }

    private static Verified verified(CheckpointReader reader, String id, String expected)
            throws IOException {
        Verification found = CheckpointVerifier.verify(reader, id, expected);
        CheckpointOptions.requireWhole(id, found);
        return new Verified(reader.manifest(id), reader.directory(id));
    }
}
