package io.maestream.ingest.source.video;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What FFmpeg is told to open.
 *
 * @param url with credentials; never shown
 * @param format demuxer to use; empty to find out
 * @param options of demuxer and protocol
 * @param hasClock whether the stream's time stamps tell when frames were taken
 * @param stall longest wait for a frame, and for the connection
 */
record FfmpegInput(
        String url,
        Optional<String> format,
        Map<String, String> options,
        boolean hasClock,
        Duration stall) {

    /** Containers of video only: no playlist, which could name other files and hosts. */
    private static final String FILE_FORMATS =
            "avi,mov,mp4,matroska,webm,mpegts,mpeg,flv,asf,ogg,m4v,mjpeg,h264,hevc,mpegvideo,wtv";

    /** Frames to read ahead only to guess a rate: a camera's first ones would be late by them. */
    private static final String FRAME_RATE_PROBE = "fpsprobesize";

    /** A file that does not move on within this is on a dead disk. */
    private static final Duration FILE_STALL = Duration.ofMinutes(1);

    FfmpegInput {
        options = Map.copyOf(options);
    }

    static FfmpegInput file(Path file) {
        return new FfmpegInput(
                "file:" + file.toAbsolutePath(),
                Optional.empty(),
                Map.of("protocol_whitelist", "file", "format_whitelist", FILE_FORMATS),
                true,
                FILE_STALL);
    }

    static FfmpegInput camera(CameraAddress address, CameraSettings settings) {
        return switch (address.scheme()) {
            case "rtsp", "rtsps" -> rtsp(address, settings);
            case "v4l2" ->
                    new FfmpegInput(
                            address.connect(),
                            Optional.of("video4linux2"),
                            Map.of(),
                            false,
                            settings.stall());
            default ->
                    new FfmpegInput(
                            address.connect(),
                            Optional.of("mpjpeg"),
                            Map.of(
                                    "protocol_whitelist",
                                    "http,https,tcp,tls",
                                    FRAME_RATE_PROBE,
                                    "0"),
                            false,
                            settings.stall());
        };
    }

    /** Cameras begin with a key frame; long looks into the stream only delay it. */
    private static FfmpegInput rtsp(CameraAddress address, CameraSettings settings) {
        Map<String, String> options = new HashMap<>();
        options.put("protocol_whitelist", "rtsp,rtsps,rtp,srtp,tcp,tls,udp");
        options.put("rtsp_transport", settings.udp() ? "udp" : "tcp");
        options.put("analyzeduration", "2000000");
        options.put(FRAME_RATE_PROBE, "0");
        options.put("allowed_media_types", "video");
        return new FfmpegInput(
                address.connect(), Optional.empty(), options, true, settings.stall());
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "FfmpegInput[format=%s, hasClock=%s]".formatted(format, hasClock);
    }
}
