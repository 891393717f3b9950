package io.maestream.ingest.source.video;

import java.time.Duration;

/**
 * How a camera is read.
 *
 * @param maxFramesPerSecond frames above this rate are left out; 0 for all
 * @param stall a camera that gives no frame for so long is connected anew
 * @param udp whether RTSP's media come over UDP and not over the RTSP connection
 */
public record CameraSettings(double maxFramesPerSecond, Duration stall, boolean udp) {

    private static final double HIGHEST_RATE = 1000;

    /** Every frame; ten seconds of patience; TCP. */
    public static final CameraSettings USUAL = new CameraSettings(0, Duration.ofSeconds(10), false);

    /** Checks the ranges. */
    public CameraSettings {
        if (!(maxFramesPerSecond >= 0 && maxFramesPerSecond <= HIGHEST_RATE)) {
            throw new IllegalArgumentException(
                    "frames per second must be 0 (all) to 1000, not " + maxFramesPerSecond);
        }
        if (stall.isNegative() || stall.isZero()) {
            throw new IllegalArgumentException(
                    "the time until a camera counts as stalled must be positive, not " + stall);
        }
    }
}
