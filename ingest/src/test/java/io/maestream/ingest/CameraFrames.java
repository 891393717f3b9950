package io.maestream.ingest;

import io.maestream.ingest.payload.Sha256;
import io.maestream.ingest.source.video.VideoFileSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What test cameras show: different pictures, of real videos where they are. */
final class CameraFrames {

    private CameraFrames() {}

    static Path video(String name) {
        return Path.of(System.getProperty("maestream.data", "absent"), "videos", name);
    }

    static List<byte[]> of(String video) throws Exception {
        if (!Files.exists(video(video))) {
            return generated(400);
        }
        // A still scene gives the same picture twice; what the server sends is there once.
        Map<String, byte[]> frames = new LinkedHashMap<>();
        try (VideoFileSource source = new VideoFileSource(video(video), "v", 0)) {
            for (var i = source.next(); i.isPresent() && frames.size() < 400; i = source.next()) {
                frames.put(Sha256.of(i.get().bytes()), i.get().bytes());
            }
        }
        return List.copyOf(frames.values());
    }

    static List<byte[]> generated(int count) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(TestImages.jpeg(64 + i, 48));
        }
        return frames;
    }
}
