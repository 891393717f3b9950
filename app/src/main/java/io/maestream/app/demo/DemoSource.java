package io.maestream.app.demo;

import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.RateLimitedSource;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.directory.DirectorySettings;
import io.maestream.ingest.source.directory.DirectorySource;
import io.maestream.schemas.topic.TopicSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Where the demo's images come from. */
public sealed interface DemoSource {
    /**
     * Opens the source.
     *
     * @param published images that earlier sessions published
     */
    ImageSource open(long published, TopicSettings topics);

    /**
     * Simulated cameras; they go on where an earlier session ended, so that no frame is repeated.
     */
    record Cameras(SimulationSettings settings) implements DemoSource {
        @Override
        public ImageSource open(long published, TopicSettings topics) {
            long first = settings.firstFrame() + published / settings.cameras();
            return new SimulatedCameraSource(settings.startingAt(first), Pacer.realTime());
        }
    }

    /**
     * The image files of a directory, again and again.
     *
     * @param imagesPerSecond how fast; without a limit the log would fill the disk
     */
    record Directory(Path path, double imagesPerSecond) implements DemoSource {
        @Override
        public ImageSource open(long published, TopicSettings topics) {
            Path absolute = path.toAbsolutePath().normalize();
            try {
                var files =
                        new DirectorySource(
                                absolute,
                                String.valueOf(absolute.getFileName()),
                                new DirectorySettings(true, topics.maxImageBytes()));
                return RateLimitedSource.wrap(files, imagesPerSecond, Pacer.realTime());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }
}
