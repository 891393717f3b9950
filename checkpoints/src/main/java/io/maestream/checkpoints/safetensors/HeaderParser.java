package io.maestream.checkpoints.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a header token by token and keeps only what the format knows. A tree of the whole text
 * could take twenty times its 100 MB; here every collection has a limit.
 */
final class HeaderParser {

    /** Far above any model; the largest have some thousands. */
    private static final int MAX_ENTRIES = 100_000;

    private static final int MAX_RANK = 64;
    private static final int MAX_NAME = 1_000;
    private static final int SHOWN = 32;

    /** Names of fields are not kept for the next file: they come from strangers. */
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    private final JsonParser parser;
    private final Map<String, SafetensorsHeader.Entry> tensors = new TreeMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private HeaderParser(JsonParser parser) {
        this.parser = parser;
    }

    /** Parses; whether the arrays fit together is not looked at. */
    static SafetensorsHeader parse(byte[] json) throws SafetensorsException {
        Reader text =
                new InputStreamReader(
                        new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(text)) {
            return new HeaderParser(parser).header();
        } catch (SafetensorsException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new SafetensorsException(
                    "the header is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (CharacterCodingException e) {
            throw new SafetensorsException("the header is not UTF-8", e);
        } catch (IOException e) {
            throw new SafetensorsException("the header cannot be read: " + e.getMessage(), e);
        }
    }

    private SafetensorsHeader header() throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "the header is not a JSON object");
        boolean described = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = name();
            if (name.equals(SafetensorsHeader.METADATA)) {
                require(!described, "Duplicate name '" + name + "'");
                described = true;
                readMetadata();
            } else {
                add(tensors, name, entry(name));
            }
        }
        require(parser.nextToken() == null, "the header goes on after its JSON object");
        return new SafetensorsHeader(tensors, metadata);
    }

    private void readMetadata() throws IOException {
        beginObject(SafetensorsHeader.METADATA);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = name();
            add(metadata, key, text(SafetensorsHeader.METADATA, key));
        }
    }

    private SafetensorsHeader.Entry entry(String name) throws IOException {
        DType dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        beginObject(name);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = name();
            switch (field) {
                case "dtype" -> dtype = once(name, field, dtype, dtype(name));
                case "shape" -> shape = once(name, field, shape, longs(name, field));
                case "data_offsets" -> offsets = once(name, field, offsets, longs(name, field));
                default -> throw refused("%s: unknown field '%s'", name, shown(field));
            }
        }
        requirePresent(name, "dtype", dtype);
        requirePresent(name, "shape", shape);
        requirePresent(name, "data_offsets", offsets);
        return SafetensorsHeader.Entry.of(name, dtype, shape, offsets);
    }

    private DType dtype(String name) throws IOException {
        String text = text(name, "dtype");
        return Arrays.stream(DType.values())
                .filter(known -> known.name().equals(text))
                .findFirst()
                .orElseThrow(() -> refused("%s: unknown dtype '%s'", name, shown(text)));
    }

    private List<Long> longs(String name, String field) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw refused("%s: %s is not an array", name, field);
        }
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw refused("%s: %s is not made of integers of 64 bits", name, field);
            }
            if (numbers.size() == MAX_RANK) {
                throw refused("%s: %s has more than %d numbers", name, field, MAX_RANK);
            }
            numbers.add(parser.getLongValue());
        }
        return numbers;
    }

    private String text(String name, String field) throws IOException {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
            throw refused("%s: %s is not text", name, field);
        }
        return parser.getText();
    }

    private String name() throws IOException {
        String name = parser.currentName();
        if (name.length() > MAX_NAME) {
            throw refused(
                    "a name has %d characters, the limit is %d: %s",
                    name.length(), MAX_NAME, shown(name));
        }
        return name;
    }

    private void beginObject(String name) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refused("%s is not an object", name);
        }
    }

    private static <T> void add(Map<String, T> map, String name, T value)
            throws SafetensorsException {
        if (map.size() == MAX_ENTRIES) {
            throw refused("the header has more than %d names", MAX_ENTRIES);
        }
        if (map.putIfAbsent(name, value) != null) {
            throw refused("Duplicate name '%s'", name);
        }
    }

    private static <T> T once(String name, String field, T before, T now)
            throws SafetensorsException {
        if (before != null) {
            throw refused("%s: Duplicate field '%s'", name, field);
        }
        return now;
    }

    private static void requirePresent(String name, String field, Object value)
            throws SafetensorsException {
        if (value == null) {
            throw refused("%s: %s is missing", name, field);
        }
    }

    private static void require(boolean holds, String message) throws SafetensorsException {
        if (!holds) {
            throw new SafetensorsException(message);
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static SafetensorsException refused(String message, Object... arguments) {
        return new SafetensorsException(message.formatted(arguments));
    }
}
