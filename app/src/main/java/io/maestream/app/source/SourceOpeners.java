package io.maestream.app.source;

import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.publish.SourceFleet;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.RateLimitedSource;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.SourceObserver;
import io.maestream.ingest.source.archive.ArchiveLimits;
import io.maestream.ingest.source.archive.ArchiveSource;
import io.maestream.ingest.source.directory.DirectorySettings;
import io.maestream.ingest.source.directory.DirectorySource;
import io.maestream.ingest.source.directory.PublishedFiles;
import io.maestream.ingest.source.directory.WatchSettings;
import io.maestream.ingest.source.directory.WatchedDirectorySource;
import io.maestream.ingest.source.video.CameraAddress;
import io.maestream.ingest.source.video.CameraSettings;
import io.maestream.ingest.source.video.CameraSource;
import io.maestream.ingest.source.video.VideoFileSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;

/** From a source's settings to the source. */
public final class SourceOpeners {
    private static final int HASH_DIGITS = 12;

    private final Path stateDir;
    private final int maxImageBytes;
    private final SimulationSettings simulation;
    private final SourceObserver observer;

    /**
     * @param stateDir where watched folders remember
     * @param maxImageBytes larger images are not read into memory
     * @param simulation what simulated cameras are told
     */
    public SourceOpeners(
            Path stateDir,
            int maxImageBytes,
            SimulationSettings simulation,
            SourceObserver observer) {
        this.stateDir = stateDir;
        this.maxImageBytes = maxImageBytes;
        this.simulation = simulation;
        this.observer = observer;
    }

    /**
     * The same as one of several.
     *
     * @throws IllegalArgumentException if it cannot be one of them
     */
    public SourceFleet.Member member(SourceSettings source) {
        return new SourceFleet.Member(source.name(), source.type().isEndless(), () -> open(source));
    }

    /**
     * Opens it.
     *
     * @throws IOException if it is not there or cannot be read
     */
    public ImageSource open(SourceSettings source) throws IOException {
        Path path = Path.of(source.path()).toAbsolutePath().normalize();
        return switch (source.type()) {
            case DIRECTORY -> limited(source, directory(source, path));
            case WATCH -> limited(source, watch(source, path));
            case ARCHIVE ->
                    limited(
                            source,
                            new ArchiveSource(
                                    path, source.id(), ArchiveLimits.defaults(maxImageBytes)));
            case VIDEO -> new VideoFileSource(path, source.id(), source.rate());
            case CAMERA -> camera(source);
            case SIMULATED -> new SimulatedCameraSource(simulation, Pacer.realTime());
            case HTTP -> throw new IllegalArgumentException("uploads are served, not read");
        };
    }

    private static ImageSource limited(SourceSettings source, ImageSource images) {
        return RateLimitedSource.wrap(images, source.rate(), Pacer.realTime());
    }

    private ImageSource directory(SourceSettings source, Path path) throws IOException {
        return new DirectorySource(
                path, source.id(), new DirectorySettings(source.repeat(), maxImageBytes));
    }

    private ImageSource watch(SourceSettings source, Path path) throws IOException {
        if (!path.toFile().isDirectory()) {
            throw new NotDirectoryException(
                    path + " is not a directory; name one in which images appear");
        }
        PublishedFiles published = PublishedFiles.open(journal(source.id(), path), path);
        try {
            return new WatchedDirectorySource(
                    path,
                    source.id(),
                    WatchSettings.defaults(maxImageBytes),
                    published,
                    Pacer.realTime());
        } catch (IOException e) {
            published.close();
            throw e;
        }
    }

    /** One memory for each pair of source id and folder, under a name that is no path. */
    private Path journal(String id, Path folder) {
        String both = id + "\n" + folder;
        String hash = Sha256.of(both.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
        String name = id.replaceAll("[^A-Za-z0-9_-]", "_");
        return stateDir.resolve(name.substring(0, Math.min(name.length(), 64)) + "-" + hash);
    }

    private ImageSource camera(SourceSettings source) {
        SourceSettings.Camera camera = source.camera();
        CameraAddress address =
                CameraAddress.of(
                        camera.uri(), camera.user(), camera.password().map(word -> word.value()));
        CameraSettings settings =
                new CameraSettings(
                        source.rate(),
                        Duration.ofMillis(Math.round(camera.stallSeconds() * 1e3)),
                        camera.udp());
        return new CameraSource(address, source.id(), settings, Pacer.realTime(), observer);
    }
}
