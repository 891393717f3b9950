package io.maestream.checkpoints.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Headers made to hurt: each refused with its own message, none takes much memory. */
class HostileHeaderTest {

    private static final String ONE = "\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]";

    @Test
    void shouldTakePaddingAndNothingElseAfterTheObject() throws SafetensorsException {
        assertThat(parse("{\"a\":{" + ONE + "}}    ", 1).tensors()).containsOnlyKeys("a");
        assertRefused("{\"a\":{" + ONE + "}}  {}", "goes on after its JSON object");
        assertRefused("{\"a\":{" + ONE + "}}x", "not valid JSON");
    }

    @Test
    void shouldRefuseMetadataThatIsNotText() {
        assertRefused("{\"__metadata__\":{\"step\":1}}", "__metadata__: step is not text");
        assertRefused("{\"__metadata__\":[]}", "__metadata__ is not an object");
        assertRefused("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", "Duplicate name 'k'");
        assertRefused("{\"__metadata__\":{},\"__metadata__\":{}}", "Duplicate");
    }

    @Test
    void shouldRefuseAnEntryThatIsNoneOfThisFormat() {
        assertRefused("{\"a\":1}", "a is not an object");
        assertRefused("{\"a\":{\"dtype\":\"U8\",\"shape\":[0]}}", "a: data_offsets is missing");
        assertRefused("{\"a\":{" + ONE + ",\"more\":1}}", "a: unknown field 'more'");
        assertRefused("{\"a\":{\"dtype\":\"U8\"," + ONE + "}}", "Duplicate");
        assertRefused("{\"a\":{\"dtype\":8}}", "a: dtype is not text");
        assertRefused("{\"a\":{\"shape\":[1.5]}}", "a: shape is not made of integers");
        assertRefused("{\"a\":{\"shape\":[[1]]}}", "a: shape is not made of integers");
        assertRefused("{\"a\":{\"shape\":[9223372036854775808]}}", "a: shape is not made");
        assertRefused("{\"a\":{\"shape\":\"1\"}}", "a: shape is not an array");
        assertRefused(
                "{\"a\":{\"shape\":[-1]," + "\"dtype\":\"U8\",\"data_offsets\":[0,0]}}", "neg");
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() {
        byte[] json = ("{\"a?\":{" + ONE + "}}").getBytes(StandardCharsets.UTF_8);
        json[3] = (byte) 0xff;

        assertThatThrownBy(() -> SafetensorsHeader.parse(json, 1))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(
                        () -> SafetensorsHeader.parse("{}".getBytes(StandardCharsets.UTF_16LE), 0))
                .isInstanceOf(SafetensorsException.class);
    }

    @Test
    void shouldStopEarlyWhenAHeaderWouldTakeFarMoreMemoryThanItsBytes() {
        assertRefused(
                "{\"a\":{\"shape\":[" + "[],".repeat(30_000_000) + "1]}}", "not made of integers");
        assertRefused(
                "{\"a\":{\"shape\":[" + "1,".repeat(40_000_000) + "1]}}", "more than 64 numbers");
        assertRefused("[".repeat(90_000_000), "not a JSON object");
        assertRefused("{\"a\":".repeat(15_000_000), "unknown field");
    }

    @Test
    void shouldBoundHowManyArraysAndTextsAreTaken() {
        assertRefused(
                "{" + many("{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"), "100000");
        assertRefused("{\"__metadata__\":{" + many("\"\""), "100000");
    }

    @Test
    void shouldNotRepeatALongTextInItsMessage() {
        assertThatThrownBy(() -> parse("{\"a\":{\"dtype\":\"" + "F".repeat(1_000_000) + "\"}}", 0))
                .isInstanceOf(SafetensorsException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Property(tries = 1_000)
    void shouldOnlyEverRefuseOrGiveArraysThatLieInTheFile(@ForAll("headers") String json) {
        try {
            SafetensorsHeader header = parse(json, 12);
            for (Map.Entry<String, SafetensorsHeader.Entry> tensor : header.tensors().entrySet()) {
                assertThat(tensor.getValue().begin()).isBetween(0L, 12L);
                assertThat(tensor.getValue().end()).isBetween(tensor.getValue().begin(), 12L);
            }
        } catch (SafetensorsException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1_000);
        }
    }

    /** Texts of the format's own words, in any order. */
    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"b\"",
                        "\"dtype\"",
                        "\"shape\"",
                        "\"data_offsets\"",
                        "\"U8\"",
                        "\"F32\"",
                        "\"__metadata__\"",
                        "0",
                        "1",
                        "4",
                        "12",
                        "-1",
                        "1e9",
                        "99999999999999999999",
                        "null",
                        "true",
                        " ",
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}",
                        "{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[8,12]}")
                .list()
                .ofMaxSize(14)
                .map(words -> String.join("", words));
    }

    private static String many(String value) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i <= 100_000; i++) {
            json.append(i == 0 ? "" : ",").append('"').append(i).append("\":").append(value);
        }
        return json.toString();
    }

    private static SafetensorsHeader parse(String json, long dataSize) throws SafetensorsException {
        return SafetensorsHeader.parse(json.getBytes(StandardCharsets.UTF_8), dataSize);
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> parse(json, 1))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(message);
    }
}
