package io.maestream.follower;

import io.maestream.checkpoints.CheckpointException;
import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.ModelShape;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The encoder of a committed checkpoint, open for reading: every byte of the checkpoint was
 * compared with its event, and the file has exactly the arrays that timm's ViT of the announced
 * shape has.
 */
public final class VerifiedEncoder implements Closeable {

    private final CheckpointCommitted event;
    private final Path path;
    private final Map<String, List<Long>> layout;
    private final SafetensorsFile file;

    private VerifiedEncoder(
            CheckpointCommitted event,
            Path path,
            Map<String, List<Long>> layout,
            SafetensorsFile file) {
        this.event = event;
        this.path = path;
        this.layout = layout;
        this.file = file;
    }

    static VerifiedEncoder open(CheckpointCommitted event, Path path) throws IOException {
        Map<String, List<Long>> layout = EncoderLayout.of(event.getShape());
        SafetensorsFile file = SafetensorsFile.open(path);
        try {
            requireNames(event.getCheckpointId(), layout.keySet(), file.names());
            return new VerifiedEncoder(event, path, layout, file);
        } catch (CheckpointException e) {
            file.close();
            throw e;
        }
    }

    /** The event that announced it. */
    public CheckpointCommitted event() {
        return event;
    }

    /** Shape of the whole model; the encoder's part of it is what this file holds. */
    public ModelShape shape() {
        return event.getShape();
    }

    /** The file, for readers of their own. */
    public Path path() {
        return path;
    }

    /** timm's names of the arrays, sorted. */
    public Set<String> names() {
        return file.names();
    }

    /**
     * Reads one array, float32.
     *
     * @throws CheckpointException if its shape or type is not what the announced model has
     * @throws IOException if there is none of this name
     */
    public Tensor tensor(String name) throws IOException {
        Tensor tensor = file.tensor(name);
        List<Long> expected = layout.get(name);
        if (!tensor.shape().equals(expected) || tensor.dtype() != DType.F32) {
            throw new CheckpointException(
                    "encoder of checkpoint %s: %s has shape %s of %s, its event says %s of F32"
                            .formatted(
                                    event.getCheckpointId(),
                                    name,
                                    tensor.shape(),
                                    tensor.dtype(),
                                    expected));
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static void requireNames(String id, Set<String> expected, Set<String> found)
            throws CheckpointException {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> unknown = new TreeSet<>(found);
        unknown.removeAll(expected);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new CheckpointException(
                    ("encoder of checkpoint %s is not of the announced shape: %d arrays missing %s,"
                                    + " %d unknown %s")
                            .formatted(id, missing.size(), missing, unknown.size(), unknown));
        }
    }
}
