package io.maestream.app.command.checkpoints;

import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Table;
import io.maestream.app.command.base.Words;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.Manifest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what is in the store. */
@Command(
        name = "list",
        description = {"Lists the checkpoints in the store, oldest first.", ""},
        footer = {"", "Example: maestream checkpoints list --run default"})
final class CheckpointsListCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private CheckpointOptions options;

    CheckpointsListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        CheckpointStore store = CheckpointOptions.store(options.load(surroundings));
        var out = spec.commandLine().getOut();
        Table table =
                new Table("CHECKPOINT", "RUN", "STEP", "IMAGES", "TAKEN (UTC)", "WHY", "SIZE");
        for (Manifest manifest : options.manifests(store)) {
            table.row(
                    manifest.checkpointId(),
                    manifest.runId(),
                    manifest.step(),
                    manifest.imagesSeen(),
                    Words.time(manifest.createdAt()),
                    manifest.triggerKind(),
                    Words.mebibytes(size(manifest)));
        }
        table.lines().forEach(out::println);
        for (String id : store.ids()) {
            if (CheckpointOptions.readable(store, id).isEmpty()) {
                out.println("note: the manifest of " + id + " cannot be read");
            }
        }
        out.flush();
        return ExitCode.OK.status();
    }

    private static long size(Manifest manifest) {
        return manifest.files().stream().mapToLong(FileEntry::size).sum();
    }
}
