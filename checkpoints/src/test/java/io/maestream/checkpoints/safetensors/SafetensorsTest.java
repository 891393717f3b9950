package io.maestream.checkpoints.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SafetensorsTest {

    @Property(tries = 100)
    void shouldReadBackWhatWasWritten(
            @ForAll @Size(max = 12) List<@IntRange(max = 9) Integer> widths,
            @ForAll DType dtype,
            @ForAll long seed)
            throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            List<Long> shape = i % 3 == 0 ? List.of() : List.of((long) widths.get(i), 3L);
            tensors.add(tensor("t." + (widths.size() - i) + "é", dtype, shape, seed + i));
        }

        Path path = write(tensors, Map.of("run", "r\"1"));

        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.metadata()).containsEntry("run", "r\"1").containsEntry("format", "pt");
            assertThat(List.copyOf(file.names())).hasSize(tensors.size()).isSorted();
            for (Tensor tensor : tensors) {
                assertThat(file.tensor(tensor.name())).isEqualTo(tensor);
            }
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void shouldLayTheFileOutAsTheFormatSays() throws IOException {
        Path path =
                write(
                        List.of(
                                tensor("b", DType.F32, List.of(2L), 1),
                                tensor("a", DType.U8, List.of(3L), 2)),
                        Map.of());

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        int headerSize = (int) bytes.getLong();
        String header = new String(bytes.array(), 8, headerSize, StandardCharsets.UTF_8);
        assertThat(headerSize % 8).isZero();
        assertThat(header.stripTrailing())
                .isEqualTo(
                        "{\"__metadata__\":{\"format\":\"pt\"},"
                                + "\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[3,11]}}");
        assertThat(bytes.array()).hasSize(8 + headerSize + 11);
        Files.delete(path);
    }

    @Property(tries = 500)
    void shouldNeverDoWorseThanRefuseWhenBytesAreDamaged(
            @ForAll @IntRange(max = 255) int value, @ForAll @IntRange(max = 400) int position)
            throws IOException {
        Path path = write(List.of(tensor("a", DType.F32, List.of(4L, 2L), 1)), Map.of("k", "v"));
        byte[] bytes = Files.readAllBytes(path);
        bytes[position % bytes.length] = (byte) value;
        Files.write(path, bytes);

        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : file.names()) {
                assertThat(file.tensor(name).data().remaining()).isLessThanOrEqualTo(32);
            }
        } catch (SafetensorsException e) {
            assertThat(e).hasMessageContaining(path.toString());
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void shouldRefuseEachKindOfDamageWithItsOwnMessage() throws IOException {
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12, "hole");
        assertRefused(
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[4,12]}}",
                12,
                "overlap");
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                4,
                "describes 8 bytes, the file holds 4");
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                8,
                "takes 12 bytes");
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],"
                        + "\"data_offsets\":[0,8]}}",
                8,
                "larger than 2^63");
        assertRefused(
                "{\"a\":{\"dtype\":\"F33\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                8,
                "unknown dtype 'F33'");
        assertRefused(
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
                2,
                "Duplicate");
        assertRefused("[1,2]", 0, "not a JSON object");
        assertRefused("{\"a\":", 0, "not valid JSON");
    }

    @Test
    void shouldRefuseAHeaderBombBeforeReadingIt() throws IOException {
        Path path = Files.createTempFile("bomb", ".safetensors");
        ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

        Files.write(path, size.putLong(0, 100_000_001L).array());
        assertThatThrownBy(() -> SafetensorsFile.open(path)).hasMessageContaining("the limit is");
        Files.write(path, size.putLong(0, -1L).array());
        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .hasMessageContaining("18446744073709551615");
        Files.write(path, size.putLong(0, 99_000_000L).array());
        assertThatThrownBy(() -> SafetensorsFile.open(path)).hasMessageContaining("the file has 8");
        Files.write(path, new byte[3]);
        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .hasMessageContaining("fewer than 8 bytes");
        Files.delete(path);
    }

    @Test
    void shouldNotWriteTwoTensorsOfOneName() {
        List<Tensor> twice =
                List.of(
                        tensor("a", DType.U8, List.of(1L), 1),
                        tensor("a", DType.U8, List.of(1L), 2));

        assertThatThrownBy(() -> write(twice, Map.of()))
                .hasMessageContaining("two tensors are named a");
    }

    private static void assertRefused(String header, int dataSize, String message)
            throws IOException {
        Path path = Files.createTempFile("damaged", ".safetensors");
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(8 + json.length + dataSize).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(path, file.putLong(json.length).put(json).array());

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(message);
        Files.delete(path);
    }

    private static Tensor tensor(String name, DType dtype, List<Long> shape, long seed) {
        byte[] data = new byte[(int) Tensor.byteSize(dtype, shape)];
        new Random(seed).nextBytes(data);
        return new Tensor(name, dtype, shape, ByteBuffer.wrap(data));
    }

    private static Path write(List<Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        Path path = Files.createTempFile("tensors", ".safetensors");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            SafetensorsWriter.write(channel, tensors, metadata);
        }
        return path;
    }
}
