package io.maestream.ingest.prepare;

import static io.maestream.ingest.prepare.PreparationDriver.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.maestream.ingest.TestImages;
import io.maestream.schemas.PreparedImage;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photographs as found in the wild. */
class PhotosTopologyTest {

    @TempDir Path state;

    @Test
    void shouldPrepareOrRejectEveryPhotoForATrueReason() throws Exception {
        // Given
        Path photos = Path.of(System.getProperty("maestream.data", "absent"), "photos");
        assumeThat(photos).as("the data directory is not here").isDirectory();
        List<Path> files;
        try (Stream<Path> list = Files.list(photos)) {
            files = list.filter(Files::isRegularFile).sorted().toList();
        }
        try (PreparationDriver driver = new PreparationDriver(state)) {
            // When
            for (int i = 0; i < files.size(); i++) {
                driver.pipe(
                        files.get(i).getFileName().toString(),
                        Files.readAllBytes(files.get(i)),
                        100L * i);
            }

            // Then the sums are right, what was prepared is a picture, what was refused is none
            SourceStatus counters = driver.counters().get(CAMERA);
            List<PreparedImage> prepared = driver.prepared.readValuesToList();
            List<RejectedImage> rejected = driver.rejected.readValuesToList();
            assertThat(counters.getReceived()).isEqualTo(files.size());
            assertThat(counters.getPrepared()).isEqualTo(prepared.size());
            assertThat(
                            prepared.size()
                                    + rejected.size()
                                    + counters.getDuplicates()
                                    + counters.getNearDuplicates())
                    .isEqualTo(files.size());
            Files.writeString(Path.of("target", "photos.txt"), counters.toString());
            for (PreparedImage image : prepared) {
                assertPicture(image);
            }
            for (RejectedImage image : rejected) {
                Path file = photos.resolve(image.getImageId());
                assertThat(TestImages.decode(Files.readAllBytes(file)))
                        .as("%s: %s", file, image.getDetail())
                        .isNull();
            }
        }
    }

    private static void assertPicture(PreparedImage image) throws Exception {
        byte[] bytes = new byte[image.getPayload().remaining()];
        image.getPayload().get(bytes);
        BufferedImage decoded = TestImages.decode(bytes);
        assertThat(decoded.getWidth()).isEqualTo(image.getWidth()).isLessThanOrEqualTo(256);
        assertThat(decoded.getHeight()).isEqualTo(image.getHeight()).isLessThanOrEqualTo(256);
    }
}
