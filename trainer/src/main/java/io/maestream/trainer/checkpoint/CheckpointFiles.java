package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.CheckpointDraft;
import io.maestream.checkpoints.CheckpointStore;
import io.maestream.checkpoints.FileContent;
import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.mae.NamedTensor;
import io.maestream.mae.TensorNames;
import io.maestream.mae.TrainState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which files a checkpoint has, and how a run's state is laid into them and read back. */
final class CheckpointFiles {

    static final String MODEL = "model.safetensors";
    static final String ENCODER = "encoder/model.safetensors";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String AVERAGES = "ema.safetensors";
    static final String STATE = "state.json";

    private static final String FIRST_MOMENT = "exp_avg.";
    private static final String SECOND_MOMENT = "exp_avg_sq.";
    private static final int FORMAT_VERSION = 1;

    private CheckpointFiles() {}

    /** Takes a file, and says what it is. */
    interface FileSink {
        FileEntry write(String role, String name, FileContent content) throws IOException;
    }

    /** Writes and publishes a snapshot; nothing is visible in the store before it is complete. */
    static PublishedCheckpoint publish(CheckpointStore store, Snapshot snapshot, RunDescription run)
            throws IOException {
        try (CheckpointDraft draft = store.begin(snapshot.id())) {
            writeTensors(draft::write, snapshot.tensors());
            byte[] state = RunStateJson.write(snapshot.state());
            draft.write("state", STATE, out -> writeFully(out, ByteBuffer.wrap(state)));
            return draft.publish(files -> manifest(snapshot, run, files));
        }
    }

    /** Writes the files that hold tensors. */
    static List<FileEntry> writeTensors(FileSink sink, TrainState tensors) throws IOException {
        // Nothing of run or id: equal weights give equal files, whoever trained them.
        Map<String, String> metadata = Map.of("step", Long.toString(tensors.step()));
        List<FileEntry> files = new ArrayList<>();
        files.add(sink.write("encoder", ENCODER, out -> write(out, encoder(tensors), metadata)));
        files.add(
                sink.write(
                        "model", MODEL, out -> write(out, plain(tensors.parameters()), metadata)));
        files.add(
                sink.write("optimizer", OPTIMIZER, out -> write(out, moments(tensors), metadata)));
        if (!tensors.averages().isEmpty()) {
            files.add(
                    sink.write(
                            "ema",
                            AVERAGES,
                            out -> write(out, plain(tensors.averages()), metadata)));
        }
        return files;
    }

    static TrainState readTensors(Path directory, long step) throws IOException {
        try (SafetensorsFile model = SafetensorsFile.open(directory.resolve(MODEL));
                SafetensorsFile moments = SafetensorsFile.open(directory.resolve(OPTIMIZER))) {
            return new TrainState(
                    step,
                    named(model, ""),
                    named(moments, FIRST_MOMENT),
                    named(moments, SECOND_MOMENT),
                    averages(directory.resolve(AVERAGES)));
        }
    }

    private static List<NamedTensor> averages(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (SafetensorsFile averages = SafetensorsFile.open(path)) {
            return named(averages, "");
        }
    }

    static RunState readState(Path directory) throws IOException {
        return RunStateJson.read(Files.readAllBytes(directory.resolve(STATE)));
    }

    private static Manifest manifest(Snapshot snapshot, RunDescription run, List<FileEntry> files) {
        return new Manifest(
                FORMAT_VERSION,
                snapshot.id(),
                run.runId(),
                snapshot.parentId().orElse(null),
                snapshot.takenAt(),
                snapshot.state().progress().step(),
                snapshot.state().progress().imagesSeen(),
                snapshot.trigger().getKind().name(),
                snapshot.trigger().getReason(),
                run.model(),
                snapshot.metrics(),
                run.configDigest(),
                run.softwareVersion(),
                files);
    }

    private static void write(
            WritableByteChannel out, List<Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        SafetensorsWriter.write(out, tensors, metadata);
    }

    private static void writeFully(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static List<Tensor> plain(List<NamedTensor> named) {
        return named.stream().map(tensor -> tensor("", tensor)).toList();
    }

    private static List<Tensor> encoder(TrainState state) {
        return state.parameters().stream()
                .filter(tensor -> TensorNames.isEncoder(tensor.name()))
                .map(tensor -> tensor("", tensor))
                .toList();
    }

    private static List<Tensor> moments(TrainState state) {
        List<Tensor> moments = new ArrayList<>();
        state.firstMoments().forEach(moment -> moments.add(tensor(FIRST_MOMENT, moment)));
        state.secondMoments().forEach(moment -> moments.add(tensor(SECOND_MOMENT, moment)));
        return moments;
    }

    private static Tensor tensor(String prefix, NamedTensor named) {
        List<Long> shape = new ArrayList<>();
        for (long size : named.shape()) {
            shape.add(size);
        }
        return new Tensor(prefix + named.name(), DType.F32, shape, named.data());
    }

    private static List<NamedTensor> named(SafetensorsFile file, String prefix) throws IOException {
        List<NamedTensor> tensors = new ArrayList<>();
        for (String name : file.names()) {
            if (name.startsWith(prefix)) {
                Tensor tensor = file.tensor(name);
                long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
                tensors.add(new NamedTensor(name.substring(prefix.length()), shape, tensor.data()));
            }
        }
        return tensors;
    }
}
