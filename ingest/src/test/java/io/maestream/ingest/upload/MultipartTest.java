package io.maestream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MultipartTest {

    private static final String BOUNDARY = "----b0undary";

    @Property(tries = 300)
    void shouldGiveEveryPartWhenTheBodyIsWhole(
            @ForAll @Size(max = 5) List<@Size(max = 60) byte[]> parts) throws Exception {
        // When
        List<byte[]> found = Multipart.parts(body(parts), BOUNDARY);

        // Then
        assertThat(found).hasSameSizeAs(parts);
        for (int i = 0; i < parts.size(); i++) {
            assertThat(found.get(i)).isEqualTo(parts.get(i));
        }
    }

    @Property(tries = 300)
    void shouldRefuseOrEndWhenTheBodyIsCutShort(
            @ForAll @Size(min = 1, max = 3) List<@Size(max = 30) byte[]> parts,
            @ForAll @IntRange(min = 3, max = 200) int cut) {
        // Given
        byte[] body = body(parts);
        byte[] less = Arrays.copyOf(body, Math.max(0, body.length - cut));

        // When, Then
        assertThatThrownBy(() -> Multipart.parts(less, BOUNDARY))
                .isInstanceOf(RefusedException.class);
    }

    @Property(tries = 300)
    void shouldNeverFailOtherwiseWhenTheBodyIsNoise(@ForAll byte[] noise) {
        try {
            assertThat(Multipart.parts(noise, "-")).isNotNull();
        } catch (RefusedException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }

    @Example
    void shouldFindTheBoundaryWhenTheTypeHasOne() {
        assertThat(Multipart.boundary("multipart/form-data; boundary=aB-c")).contains("aB-c");
        assertThat(Multipart.boundary("multipart/form-data; charset=x; boundary=\"a b\""))
                .contains("a b");
        assertThat(Multipart.boundary("multipart/form-data")).isEmpty();
        assertThat(Multipart.boundary("image/jpeg; boundary=x")).isEmpty();
    }

    private static byte[] body(List<byte[]> parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            latin(body, "--" + BOUNDARY + "\r\nContent-Type: image/png\r\n\r\n");
            body.writeBytes(part);
            latin(body, "\r\n");
        }
        latin(body, "--" + BOUNDARY + "--\r\n");
        return body.toByteArray();
    }

    private static void latin(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
