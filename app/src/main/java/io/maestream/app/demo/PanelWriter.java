package io.maestream.app.demo;

import io.maestream.schemas.ReconstructionSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Keeps reconstruction panels as PNG files, named by their step. */
public final class PanelWriter {
    private final Path directory;

    /** Writes into this directory, which is made when the first panel comes. */
    public PanelWriter(Path directory) {
        this.directory = directory;
    }

    /** Writes the panel whole or not at all, over an older one of the same step; its path. */
    public Path write(ReconstructionSample sample) {
        String name = String.format(Locale.ROOT, "step-%06d.png", sample.getStep());
        Path target = directory.resolve(name);
        Path unfinished = directory.resolve(name + ".part");
        try {
            Files.createDirectories(directory);
            Files.write(unfinished, bytes(sample.getPng()));
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the panel " + target, e);
        }
        return target;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
