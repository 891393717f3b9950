package io.maestream.checkpoints.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A header that was checked: every array lies inside the file, none overlaps another, there are no
 * holes, and each length is what shape and type need.
 *
 * @param tensors by name
 * @param metadata text about the file
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Where an array lies, relative to the end of the header. */
    record Entry(DType dtype, List<Long> shape, long begin, long end) {}

    /**
     * Parses and checks.
     *
     * @param dataSize bytes of the file after the header
     */
    static SafetensorsHeader parse(byte[] json, long dataSize) throws SafetensorsException {
        JsonNode root = tree(json);
        Map<String, Entry> tensors = new TreeMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(text -> metadata.put(text.getKey(), text.getValue().asText()));
            } else {
                tensors.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        requireContiguous(tensors, dataSize);
        return new SafetensorsHeader(tensors, metadata);
    }

    private static JsonNode tree(byte[] json) throws SafetensorsException {
        try {
            JsonNode root = JSON.readTree(json);
            if (root == null || !root.isObject()) {
                throw new SafetensorsException("the header is not a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new SafetensorsException(
                    "the header is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SafetensorsException("the header cannot be read: " + e.getMessage(), e);
        }
    }

    private static Entry entry(String name, JsonNode node) throws SafetensorsException {
        DType dtype = dtype(name, node.path("dtype").asText());
        List<Long> shape = longs(name, "shape", node.path("shape"));
        List<Long> offsets = longs(name, "data_offsets", node.path("data_offsets"));
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

    private static DType dtype(String name, String text) throws SafetensorsException {
        Optional<DType> known =
                Arrays.stream(DType.values()).filter(d -> d.name().equals(text)).findFirst();
        return known.orElseThrow(
                () -> new SafetensorsException(name + ": unknown dtype '" + text + "'"));
    }

    private static List<Long> longs(String name, String field, JsonNode array)
            throws SafetensorsException {
        if (!array.isArray()) {
            throw new SafetensorsException(name + ": " + field + " is not an array");
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : array) {
            if (!number.isIntegralNumber() || !number.canConvertToLong()) {
                throw new SafetensorsException(name + ": " + field + " is not made of integers");
            }
            numbers.add(number.asLong());
        }
        return numbers;
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
