package io.maestream.app.command.checkpoints;

import io.maestream.app.command.base.ExitCode;
import io.maestream.app.command.base.Surroundings;
import io.maestream.app.command.base.Table;
import io.maestream.app.command.base.Words;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what a checkpoint says of itself. */
@Command(
        name = "show",
        description = {"Shows a checkpoint's manifest: lineage, model, metrics, files.", ""},
        footer = {"", "Example: maestream checkpoints show latest"})
final class CheckpointsShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    @Spec private CommandSpec spec;
    @Mixin private ChoiceOptions checkpoint;

    CheckpointsShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ChoiceOptions.Found found = checkpoint.find(surroundings);
        CheckpointStore store = found.store();
        CheckpointOptions.Choice choice = found.choice();
        Manifest manifest = store.manifest(choice.id());
        PrintWriter out = spec.commandLine().getOut();
        out.println("checkpoint  " + manifest.checkpointId());
        out.println("run         " + manifest.runId());
        out.println("parent      " + (manifest.parentId() == null ? "none" : manifest.parentId()));
        out.println("taken       " + Words.time(manifest.createdAt()) + " UTC");
        out.println("why         " + manifest.triggerKind() + ": " + manifest.triggerReason());
        out.println("step        " + manifest.step());
        out.println("images      " + manifest.imagesSeen());
        out.println("model       " + model(manifest.model()));
        new TreeMap<>(manifest.metrics())
                .forEach((name, value) -> out.println("metric      " + name + " = " + value));
        out.println("config      " + manifest.configDigest());
        out.println("software    " + manifest.softwareVersion());
        out.println("location    " + store.location(choice.id()));
        files(manifest).lines().forEach(line -> out.println(line));
        out.flush();
        return ExitCode.OK.status();
    }

    private static String model(ModelDescription model) {
        return "image %d, patch %d, %d channels, encoder %d×%d×%d, decoder %d×%d×%d, mask %s%s"
                .formatted(
                        model.imageSize(),
                        model.patchSize(),
                        model.channels(),
                        model.encoderDim(),
                        model.encoderDepth(),
                        model.encoderHeads(),
                        model.decoderDim(),
                        model.decoderDepth(),
                        model.decoderHeads(),
                        model.maskRatio(),
                        model.normPix() ? ", normalised patches" : "");
    }

    private static Table files(Manifest manifest) {
        Table table = new Table("FILE", "ROLE", "SIZE", "SHA-256");
        for (FileEntry file : manifest.files()) {
            table.row(file.name(), file.role(), Words.mebibytes(file.size()), file.sha256());
        }
        return table;
    }
}
