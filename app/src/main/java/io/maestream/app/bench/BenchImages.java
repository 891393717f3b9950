package io.maestream.app.bench;

import io.maestream.ingest.codec.CodecException;
import io.maestream.ingest.codec.Picture;
import io.maestream.ingest.prepare.scan.FormatScan;
import io.maestream.ingest.prepare.scan.ImageHeader;
import io.maestream.ingest.prepare.scan.ImageHeader.Format;
import io.maestream.ingest.prepare.scan.RejectedException;
import io.maestream.ingest.source.Pacer;
import io.maestream.ingest.source.SimulatedCameraSource;
import io.maestream.ingest.source.SimulationSettings;
import io.maestream.ingest.source.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** JPEG files to measure with: those of a directory, or of simulated cameras. */
final class BenchImages {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private BenchImages() {}

    /** So many, the same ones again if there are fewer. */
    static List<byte[]> of(Optional<Path> directory, int count)
            throws IOException, InterruptedException {
        List<byte[]> found = directory.isPresent() ? files(directory.get()) : frames(count);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(found.get(i % found.size()));
        }
        return images;
    }

    /** How many come before the first comes again. */
    static int distinct(List<byte[]> images) {
        Set<byte[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.addAll(images);
        return seen.size();
    }

    /** Pixels, from the header alone. */
    static int longerSide(byte[] file) {
        try {
            return FormatScan.of(file).header().longerSide();
        } catch (RejectedException e) {
            throw new IllegalStateException("an image that was read before cannot be", e);
        }
    }

    private static List<byte[]> files(Path directory) throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (Stream<Path> list = Files.list(directory)) {
            for (Path file : list.filter(Files::isRegularFile).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (isJpeg(bytes)) {
                    found.add(bytes);
                }
            }
        }
        if (found.isEmpty()) {
            throw new NoSuchFileException(directory.toString(), null, "holds no JPEG file");
        }
        return found;
    }

    private static boolean isJpeg(byte[] bytes) {
        try {
            ImageHeader header = FormatScan.of(bytes).header();
            Picture.decode(bytes, 1).close();
            return header.format() == Format.JPEG;
        } catch (RejectedException | CodecException e) {
            return false;
        }
    }

    private static List<byte[]> frames(int count) throws IOException, InterruptedException {
        List<byte[]> frames = new ArrayList<>();
        int each = Math.min(count, 200) / 4 + 1;
        SimulationSettings cameras = new SimulationSettings(4, WIDTH, HEIGHT, 0, 1, 0, each, 0);
        try (SimulatedCameraSource source = new SimulatedCameraSource(cameras, Pacer.realTime())) {
            for (Optional<SourceImage> next = source.next();
                    next.isPresent();
                    next = source.next()) {
                frames.add(next.get().bytes());
            }
        }
        return frames;
    }
}
