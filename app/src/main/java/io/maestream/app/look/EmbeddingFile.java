package io.maestream.app.look;

import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsWriter;
import io.maestream.checkpoints.safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Embeddings as a file: one row for each image. {@code .npy} holds the numbers alone, {@code .csv}
 * the image's name before them, {@code .safetensors} an array {@code embeddings} and the names in
 * its metadata.
 */
public enum EmbeddingFile {
    NPY,
    CSV,
    SAFETENSORS;

    private static final String NPY_MAGIC = "\u0093NUMPY\u0001\u0000";
    private static final int NPY_ALIGNMENT = 64;

    /**
     * By the ending of the file's name.
     *
     * @throws IllegalArgumentException if it has none of the three
     */
    public static EmbeddingFile of(Path file) {
        String name = file.getFileName().toString();
        return Arrays.stream(values())
                .filter(kind -> name.endsWith("." + kind.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        name + " must end in .npy, .csv or .safetensors"));
    }

    /**
     * Writes the whole file beside its place, then moves it there.
     *
     * @param names of the images
     * @param rows one embedding for each
     */
    public void write(Path file, List<Path> names, List<float[]> rows) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        Path draft = Files.createTempFile(absolute.getParent(), ".embeddings", ".tmp");
        try {
            switch (this) {
                case NPY -> npy(draft, rows);
                case CSV -> csv(draft, names, rows);
                default -> safetensors(draft, names, rows);
            }
            Files.move(draft, absolute, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The
     *     format</a>
     */
    private static void npy(Path file, List<float[]> rows) throws IOException {
        String about =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
                        .formatted(rows.size(), width(rows));
        int unpadded = NPY_MAGIC.length() + Short.BYTES + about.length() + 1;
        int spaces = (NPY_ALIGNMENT - unpadded % NPY_ALIGNMENT) % NPY_ALIGNMENT;
        byte[] text = (about + " ".repeat(spaces) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer head =
                ByteBuffer.allocate(NPY_MAGIC.length() + Short.BYTES + text.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(NPY_MAGIC.getBytes(StandardCharsets.ISO_8859_1))
                        .putShort((short) text.length)
                        .put(text)
                        .flip();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            out.write(head);
            ByteBuffer numbers = numbers(rows);
            while (numbers.hasRemaining()) {
                out.write(numbers);
            }
        }
    }

    private static void csv(Path file, List<Path> names, List<float[]> rows) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows.size(); i++) {
                out.write("\"" + names.get(i).toString().replace("\"", "\"\"") + "\"");
                for (float value : rows.get(i)) {
                    out.write("," + value);
                }
                out.newLine();
            }
        }
    }

    private static void safetensors(Path file, List<Path> names, List<float[]> rows)
            throws IOException {
        Tensor embeddings =
                new Tensor(
                        "embeddings",
                        DType.F32,
                        List.of((long) rows.size(), (long) width(rows)),
                        numbers(rows));
        String images = names.stream().map(Path::toString).collect(Collectors.joining("\n"));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            SafetensorsWriter.write(out, List.of(embeddings), Map.of("images", images));
        }
    }

    private static int width(List<float[]> rows) {
        return rows.get(0).length;
    }

    private static ByteBuffer numbers(List<float[]> rows) {
        ByteBuffer numbers =
                ByteBuffer.allocate(Math.toIntExact((long) rows.size() * width(rows) * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                numbers.putFloat(value);
            }
        }
        return numbers.flip();
    }
}
