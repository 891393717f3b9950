package io.maestream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.schemas.RawImage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

    private static final String TOPIC = "images.raw";

    private final Serde<RawImage> serde = AvroSerde.of(RawImage.class);

    @Test
    void shouldGiveBackTheRecordWhenReadingWhatItWrote() {
        // Given
        RawImage image = image();

        // When
        byte[] bytes = serde.serializer().serialize(TOPIC, image);

        // Then
        assertThat(bytes[0]).isEqualTo((byte) 0xC3);
        assertThat(bytes[1]).isEqualTo((byte) 0x01);
        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(image);
    }

    @Test
    void shouldBeReadableByAvroItselfWhenWrittenHere() throws Exception {
        // Given Avro's own decoder of the single-object encoding
        BinaryMessageDecoder<RawImage> avro =
                new BinaryMessageDecoder<>(
                        SpecificData.getForClass(RawImage.class), RawImage.getClassSchema());

        // When
        byte[] bytes = serde.serializer().serialize(TOPIC, image());

        // Then
        assertThat(avro.decode(bytes)).isEqualTo(image());
    }

    @Test
    void shouldReadWhenAvroItselfWrote() throws Exception {
        // Given
        ByteBuffer written = image().toByteBuffer();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);

        // When
        RawImage read = serde.deserializer().deserialize(TOPIC, bytes);

        // Then
        assertThat(read).isEqualTo(image());
    }

    @Test
    void shouldStayNullWhenTheRecordIsATombstone() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldReadWhenAnOlderVersionWrote() {
        // Given a version of the record that had no origin and no digest yet
        Schema older =
                new Schema.Parser()
                        .parse(
                                RawImage.getClassSchema()
                                        .toString()
                                        .replaceFirst(",\\{\"name\":\"origin\".*\\}\\]\\}", "]}"));
        assertThat(older.getField("origin")).isNull();
        WireFormat format = new SingleObjectFormat(List.of(older, RawImage.getClassSchema()));
        byte[] current = serde.serializer().serialize(TOPIC, image());
        int origin = 2 + "a.jpg".length();
        int absentDigest = 1;
        byte[] body = Arrays.copyOfRange(current, 10, current.length - origin - absentDigest);
        byte[] bytes = concat(format.header(TOPIC, older), body);

        // When
        RawImage read =
                new AvroDeserializer<>(RawImage.class, RawImage.getClassSchema(), List.of(format))
                        .deserialize(TOPIC, bytes);

        // Then what was absent has its default
        assertThat(read.getImageId()).isEqualTo("a");
        assertThat(read.getOrigin()).isNull();
    }

    @Test
    void shouldNameTheRegistryKeyWhenBytesCarryARegistryId() {
        assertThatThrownBy(
                        () ->
                                serde.deserializer()
                                        .deserialize(TOPIC, new byte[] {0, 0, 0, 0, 7, 1}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void shouldNameTopicAndReasonWhenBytesAreSomethingElse() {
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, "{\"a\":1}".getBytes()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(TOPIC)
                .hasMessageContaining("C3 01");
    }

    @Test
    void shouldNameTheFingerprintWhenTheSchemaIsUnknown() {
        // Given
        byte[] bytes = serde.serializer().serialize(TOPIC, image());
        Arrays.fill(bytes, 2, 10, (byte) 0x11);

        // When, Then
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("1111111111111111");
    }

    @Test
    void shouldRefuseWhenBytesFollowTheRecord() {
        // Given
        byte[] bytes = serde.serializer().serialize(TOPIC, image());

        // When, Then
        assertThatThrownBy(
                        () ->
                                serde.deserializer()
                                        .deserialize(TOPIC, Arrays.copyOf(bytes, bytes.length + 3)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("3 bytes after");
    }

    @Test
    void shouldNotAllocateWhenALengthClaimsTwoGibibytes() {
        // Given a header, then a string that claims 2^31 - 10 bytes
        byte[] header = new SingleObjectFormat(List.of()).header(TOPIC, RawImage.getClassSchema());
        byte[] bytes = concat(header, new byte[] {(byte) 0xEC, -1, -1, -1, 0x0F, 'x'});

        // When, Then
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("2147483638 bytes with 1 left");
    }

    @Property(tries = 500)
    void shouldGiveARecordOrASerializationExceptionWhenBytesAreDamaged(
            @ForAll @IntRange(min = 0, max = 60) int length,
            @ForAll @IntRange(min = 2, max = 59) int position,
            @ForAll byte value) {
        // Given
        byte[] whole = serde.serializer().serialize(TOPIC, image());
        byte[] bytes = Arrays.copyOf(whole, Math.min(length, whole.length));
        if (position < bytes.length) {
            bytes[position] = value;
        }

        // When, Then nothing else escapes
        try {
            assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isNotNull();
        } catch (SerializationException e) {
            assertThat(e).hasMessageContaining(TOPIC);
        }
    }

    private static RawImage image() {
        return RawImage.newBuilder()
                .setImageId("a")
                .setSourceId("camera-1")
                .setSequence(3)
                .setCapturedAt(Instant.ofEpochSecond(1_700_000_000L, 123_456_000))
                .setPayload(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setOrigin("a.jpg")
                .build();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
