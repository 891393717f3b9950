package io.maestream.checkpoints.safetensors;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A header that was checked: every array lies inside the file, none overlaps another, there are no
 * holes, and each length is what shape and type need.
 *
 * @param tensors by name
 * @param metadata text about the file
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

    /** Where an array lies, relative to the end of the header. */
    record Entry(DType dtype, List<Long> shape, long begin, long end) {

        /** An entry whose offsets hold exactly what shape and type need. */
        static Entry of(String name, DType dtype, List<Long> shape, List<Long> offsets)
                throws SafetensorsException {
            if (offsets.size() != 2) {
                throw new SafetensorsException(name + ": data_offsets must have two numbers");
            }
            long begin = offsets.get(0);
            long end = offsets.get(1);
            long needed;
            try {
                needed = Tensor.byteSize(dtype, shape);
            } catch (IllegalArgumentException e) {
                throw new SafetensorsException(name + ": " + e.getMessage(), e);
            }
            if (begin < 0 || end < begin || end - begin != needed) {
                throw new SafetensorsException(
                        "%s: offsets [%d, %d] do not hold shape %s of %s, which takes %d bytes"
                                .formatted(name, begin, end, shape, dtype, needed));
            }
            return new Entry(dtype, shape, begin, end);
        }
    }

    /**
     * Parses and checks.
     *
     * @param dataSize bytes of the file after the header
     */
    static SafetensorsHeader parse(byte[] json, long dataSize) throws SafetensorsException {
        SafetensorsHeader header = HeaderParser.parse(json);
        requireContiguous(header.tensors(), dataSize);
        return header;
    }

    private static void requireContiguous(Map<String, Entry> tensors, long dataSize)
            throws SafetensorsException {
        List<Map.Entry<String, Entry>> placed =
                tensors.entrySet().stream()
                        .sorted(
                                Comparator.comparingLong(
                                                (Map.Entry<String, Entry> e) ->
                                                        e.getValue().begin())
                                        .thenComparingLong(e -> e.getValue().end()))
                        .toList();
        long expected = 0;
        for (Map.Entry<String, Entry> tensor : placed) {
            if (tensor.getValue().begin() != expected) {
                throw new SafetensorsException(
                        "%s: begins at %d, expected %d (overlap or hole)"
                                .formatted(tensor.getKey(), tensor.getValue().begin(), expected));
            }
            expected = tensor.getValue().end();
        }
        if (expected != dataSize) {
            throw new SafetensorsException(
                    "the header describes %d bytes, the file holds %d"
                            .formatted(expected, dataSize));
        }
    }
}
