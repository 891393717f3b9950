package io.maestream.ingest.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maestream.ingest.TestImages;
import io.maestream.ingest.prepare.Preparation.Prepared;
import io.maestream.ingest.prepare.Preparation.Rejected;
import io.maestream.schemas.RejectionReason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImagePreparerTest {

    private static final int HEADER = 300;

    private final ImagePreparer preparer = new ImagePreparer(PrepareSettings.defaults());

    @ParameterizedTest
    @EnumSource
    void shouldRejectWithATrueReasonWhenTheFileIsBad(Corrupt kind) {
        for (int variant = 0; variant < 7; variant++) {
            // When
            Preparation result = preparer.prepare(kind.bytes(variant));

            // Then
            assertThat(result)
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> {
                                assertThat(rejected.reason()).isEqualTo(kind.reason);
                                assertThat(rejected.detail()).contains(kind.detail);
                            });
        }
    }

    @Test
    void shouldKeepTheBytesWhenNothingNeedsChanging() {
        for (byte[] bytes : List.of(TestImages.jpeg(256, 100), TestImages.png(64, 64))) {
            // When
            Prepared prepared = prepared(preparer.prepare(bytes));

            // Then
            assertThat(prepared.bytes()).isSameAs(bytes);
            assertThat(prepared.channels()).isEqualTo(3);
        }
    }

    @Test
    void shouldSayOneChannelWhenTheImageIsGrey() {
        // Given
        byte[] grey = TestImages.encode("jpg", 64, 48, BufferedImage.TYPE_BYTE_GRAY);

        // When
        Prepared prepared = prepared(preparer.prepare(grey));

        // Then
        assertThat(prepared.bytes()).isSameAs(grey);
        assertThat(prepared.channels()).isEqualTo(1);
        assertThat(prepared.format()).isEqualTo("jpeg");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALPHA", "DEEP"})
    void shouldBecomePlainJpegWhenThePngIsNotPlain(Kind kind) throws Exception {
        // When
        Prepared prepared = prepared(preparer.prepare(TestImages.encode("png", 64, 48, kind.type)));

        // Then
        assertThat(prepared.format()).isEqualTo("jpeg");
        assertThat(prepared.channels()).isEqualTo(3);
        assertThat(TestImages.decode(prepared.bytes()).getWidth()).isEqualTo(64);
    }

    /** Kinds of PNG that a trainer does not take. */
    enum Kind {
        ALPHA(BufferedImage.TYPE_INT_ARGB),
        DEEP(BufferedImage.TYPE_USHORT_GRAY);

        final int type;

        Kind(int type) {
            this.type = type;
        }
    }

    @Test
    void shouldRejectWhenTheFileHasMoreBytesThanTheLimit() {
        // Given
        byte[] image = TestImages.jpeg(100, 100);
        PrepareSettings settings =
                new PrepareSettings(256, 8, image.length - 1, 1_000_000, 92, 1_000_000);

        // When
        Preparation result = new ImagePreparer(settings).prepare(image);

        // Then
        assertThat(result)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> {
                            assertThat(rejected.reason()).isEqualTo(RejectionReason.TOO_MANY_BYTES);
                            assertThat(rejected.detail())
                                    .contains("prepare.max.bytes is " + (image.length - 1));
                        });
    }

    @Property(tries = 60)
    void shouldFitTheMaximumSideInProportionWhenTheImageIsLarger(
            @ForAll @IntRange(min = 16, max = 700) int width,
            @ForAll @IntRange(min = 16, max = 700) int height)
            throws IOException {
        // Given
        byte[] image = TestImages.jpeg(width, height);

        // When
        Prepared prepared = prepared(preparer.prepare(image));

        // Then
        int longer = Math.max(width, height);
        double factor = Math.min(1, 256.0 / longer);
        assertThat(Math.max(prepared.width(), prepared.height())).isEqualTo(Math.min(256, longer));
        assertThat(prepared.width())
                .isBetween((int) (width * factor) - 1, (int) (width * factor) + 1);
        assertThat(prepared.height())
                .isBetween((int) (height * factor) - 1, (int) (height * factor) + 1);
        BufferedImage decoded = TestImages.decode(prepared.bytes());
        assertThat(decoded.getWidth()).isEqualTo(prepared.width());
        assertThat(decoded.getHeight()).isEqualTo(prepared.height());
    }

    @Test
    void shouldPrepareOrRejectWhenBytesAreMutatedAtRandom() {
        // Given a seeded stream of mutations over several images
        Random random = new Random(42);
        List<byte[]> images =
                List.of(
                        TestImages.jpeg(120, 90),
                        TestImages.png(60, 50),
                        TestImages.encode("png", 40, 40, BufferedImage.TYPE_BYTE_INDEXED));

        for (int i = 0; i < 1500; i++) {
            // When
            byte[] mutated = mutate(images.get(i % images.size()), random);
            Preparation result = preparer.prepare(mutated);

            // Then
            assertThat(result).isNotNull();
        }
    }

    @Test
    void shouldPrepareOrRejectEveryPhotoWhenPhotosAreThere() throws Exception {
        // Given
        Path photos = Path.of(System.getProperty("maestream.data", ""), "photos");
        assumeTrue(Files.isDirectory(photos), "no photos under maestream.data");
        List<Path> files;
        try (Stream<Path> list = Files.list(photos)) {
            files = list.sorted().filter(file -> file.toString().endsWith(".JPEG")).toList();
        }

        // When
        int prepared = 0;
        int rejected = 0;
        for (Path file : files) {
            if (preparer.prepare(Files.readAllBytes(file)) instanceof Prepared image) {
                prepared++;
                assertThat(Math.max(image.width(), image.height())).isLessThanOrEqualTo(256);
            } else {
                rejected++;
            }
        }

        // Then
        assertThat(prepared + rejected).isEqualTo(files.size());
        assertThat(rejected).isLessThanOrEqualTo(files.size() / 20);
    }

    private static byte[] mutate(byte[] image, Random random) {
        byte[] mutated =
                random.nextInt(4) == 0
                        ? Arrays.copyOf(image, random.nextInt(image.length))
                        : image.clone();
        // The first bytes hold the structure; damage in the pixels is only seen, and complained of.
        int reach = Math.min(mutated.length, HEADER);
        for (int n = random.nextInt(6); n > 0 && reach > 0; n--) {
            mutated[random.nextInt(reach)] = (byte) random.nextInt(256);
        }
        return mutated;
    }

    private static Prepared prepared(Preparation result) {
        assertThat(result).isInstanceOf(Prepared.class);
        return (Prepared) result;
    }
}
