package io.maestream.ingest.source;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What the simulated cameras are told.
 *
 * @param cameras number of cameras
 * @param width pixels
 * @param height pixels
 * @param framesPerSecond frames per second of each camera; 0 for as fast as they are taken
 * @param seed decides every scene
 * @param firstFrame number of the first frame, to go on where an earlier run ended
 * @param frames frames of each camera before the source ends; 0 for no end
 * @param sceneFrames frames after which one camera more has changed its scene; 0 for never
 */
public record SimulationSettings(
        int cameras,
        int width,
        int height,
        double framesPerSecond,
        long seed,
        long firstFrame,
        long frames,
        long sceneFrames) {

    static final String CAMERAS = "simulate.cameras";
    static final String WIDTH = "simulate.width";
    static final String HEIGHT = "simulate.height";
    static final String RATE = "simulate.frames.per.second";
    static final String SEED = "simulate.seed";
    static final String FIRST_FRAME = "simulate.first.frame";
    static final String FRAMES = "simulate.frames";
    static final String SCENE_FRAMES = "simulate.scene.frames";

    /** Scene time of frames that have no rate of their own. */
    private static final double UNPACED_RATE = 10;

    private static final int LARGEST_SIDE = 4096;

    /** Checks the ranges. */
    public SimulationSettings {
        require(cameras >= 1, CAMERAS, cameras, "at least 1");
        require(width >= 16 && width <= LARGEST_SIDE, WIDTH, width, "16 to " + LARGEST_SIDE);
        require(height >= 16 && height <= LARGEST_SIDE, HEIGHT, height, "16 to " + LARGEST_SIDE);
        require(
                framesPerSecond >= 0 && framesPerSecond <= 1000,
                RATE,
                framesPerSecond,
                "0 to 1000");
        require(firstFrame >= 0, FIRST_FRAME, firstFrame, "at least 0");
        require(frames >= 0, FRAMES, frames, "at least 0");
        require(sceneFrames >= 0, SCENE_FRAMES, sceneFrames, "at least 0");
    }

    /** The defaults of {@link #definition()}. */
    public static SimulationSettings defaults() {
        return from(definition().parse(Map.of()));
    }

    /** The keys, their defaults, limits and documentation. */
    public static ConfigDef definition() {
        return defineScenes(defineFrames(new ConfigDef()))
                .define(CAMERAS, INT, 3, between(1, 10_000), HIGH, "Number of simulated cameras.")
                .define(
                        RATE,
                        DOUBLE,
                        10.0,
                        between(0, 1000),
                        HIGH,
                        "Frames per second of each camera; 0 for as fast as they are taken.")
                .define(
                        SEED,
                        LONG,
                        1L,
                        MEDIUM,
                        "Decides every scene: the same seed gives the same bytes.")
                .define(
                        FIRST_FRAME,
                        LONG,
                        0L,
                        atLeast(0),
                        LOW,
                        "Number of the first frame, to go on where an earlier run ended.");
    }

    private static ConfigDef defineScenes(ConfigDef keys) {
        return keys.define(
                SCENE_FRAMES,
                LONG,
                0L,
                atLeast(0),
                LOW,
                "Frames after which a camera, one after the other, is turned to another scene for"
                        + " good; 0 for never.");
    }

    private static ConfigDef defineFrames(ConfigDef keys) {
        return keys.define(
                        WIDTH,
                        INT,
                        160,
                        between(16, LARGEST_SIDE),
                        MEDIUM,
                        "Width of a frame in pixels.")
                .define(
                        HEIGHT,
                        INT,
                        120,
                        between(16, LARGEST_SIDE),
                        MEDIUM,
                        "Height of a frame in pixels.")
                .define(
                        FRAMES,
                        LONG,
                        0L,
                        atLeast(0),
                        LOW,
                        "Frames of each camera before the source ends; 0 for no end.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static SimulationSettings from(Map<String, ?> parsed) {
        return new SimulationSettings(
                (int) parsed.get(CAMERAS),
                (int) parsed.get(WIDTH),
                (int) parsed.get(HEIGHT),
                (double) parsed.get(RATE),
                (long) parsed.get(SEED),
                (long) parsed.get(FIRST_FRAME),
                (long) parsed.get(FRAMES),
                (long) parsed.get(SCENE_FRAMES));
    }

    /** The same, from another first frame on. */
    public SimulationSettings startingAt(long frame) {
        return new SimulationSettings(
                cameras, width, height, framesPerSecond, seed, frame, frames, sceneFrames);
    }

    /**
     * How often a camera was turned to another scene by a frame: the first one by frame {@code
     * sceneFrames}, the second by twice that, and so on in turn.
     *
     * @param camera from 0
     */
    long scenesBefore(int camera, long frame) {
        return sceneFrames == 0 ? 0 : (frame / sceneFrames + cameras - 1 - camera) / cameras;
    }

    /** Scene time of a frame in seconds. */
    double secondsAt(long frame) {
        return frame / (framesPerSecond == 0 ? UNPACED_RATE : framesPerSecond);
    }

    private static void require(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + "; it must be " + allowed);
        }
    }
}
