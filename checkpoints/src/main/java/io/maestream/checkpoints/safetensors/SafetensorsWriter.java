package io.maestream.checkpoints.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes safetensors files: sorted names, {@code "format":"pt"} in the metadata as Hugging Face's
 * loaders want it, a header padded to eight bytes, then the arrays without holes. Arrays go from
 * their buffers to the channel, nothing is gathered in memory.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">The format</a>
 */
public final class SafetensorsWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Writes a whole file.
     *
     * @param metadata text about the file; {@code format} is always {@code pt}
     * @throws IllegalArgumentException if two arrays have the same name
     */
    public static void write(
            WritableByteChannel out, Collection<Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        List<Tensor> sorted = tensors.stream().sorted(Comparator.comparing(Tensor::name)).toList();
        byte[] header = header(sorted, metadata);
        ByteBuffer head =
                ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(header.length).put(header).flip();
        writeFully(out, head);
        for (Tensor tensor : sorted) {
            writeFully(out, tensor.data().duplicate());
        }
    }

    private static byte[] header(List<Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode about = header.putObject(SafetensorsHeader.METADATA);
        new TreeMap<>(metadata).forEach(about::put);
        about.put("format", "pt");
        long begin = 0;
        for (Tensor tensor : tensors) {
            if (header.has(tensor.name())) {
                throw new IllegalArgumentException("two tensors are named " + tensor.name());
            }
            long end = begin + tensor.data().remaining();
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", tensor.dtype().name());
            entry.set("shape", JSON.valueToTree(tensor.shape()));
            entry.putArray("data_offsets").add(begin).add(end);
            begin = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeFully(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
