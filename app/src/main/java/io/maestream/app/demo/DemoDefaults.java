package io.maestream.app.demo;

import java.util.HashMap;
import java.util.Map;

/** What a demo does differently from a service, where nobody set the key. */
public final class DemoDefaults {
    /** With simulated cameras. */
    public static final Map<String, String> CAMERAS =
            Map.ofEntries(
                    Map.entry("dashboard.port", "8585"),
                    Map.entry("checkpoint.every.seconds", "30"),
                    Map.entry("checkpoint.grace.seconds", "60"),
                    Map.entry("feed.buffer.images", "512"),
                    Map.entry("train.warmup.steps", "20"),
                    Map.entry("simulate.frames.per.second", "20"),
                    // Simulated cameras move little: a sixth would be left to train on.
                    Map.entry("prepare.similar.bits", "-1"),
                    // One camera after the other changes its scene, and a checkpoint says so.
                    Map.entry("simulate.scene.frames", "2400"),
                    Map.entry("trigger.enabled", "true"),
                    Map.entry("topics.image.retention.bytes", "536870912"));

    /** With a folder there is nothing else to train on than the same images, again and again. */
    public static final Map<String, String> FOLDER = withRepeats();

    private DemoDefaults() {}

    private static Map<String, String> withRepeats() {
        Map<String, String> defaults = new HashMap<>(CAMERAS);
        defaults.put("prepare.repeat.window.seconds", "0");
        return Map.copyOf(defaults);
    }
}
