package io.maestream.ingest.source.video;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.avformat_network_init;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;

/** Loads FFmpeg, silent since its own messages would show addresses; puts errors into words. */
final class Ffmpeg {

    /** What reading returns at the end of a stream. */
    static final int END = AVERROR_EOF();

    private static final int MESSAGE = 256;

    private Ffmpeg() {}

    static void load() {
        av_log_set_level(AV_LOG_QUIET);
        avdevice_register_all();
        avformat_network_init();
    }

    /**
     * @throws IOException if the code tells of a failure
     */
    static int check(int code, String what, Deadline deadline) throws IOException {
        if (code >= 0) {
            return code;
        }
        if (deadline.isInterrupted()) {
            throw new IOException(what + ": closed meanwhile");
        }
        if (deadline.hasPassed()) {
            throw new IOException(what + ": nothing came in time, the camera has stalled");
        }
        throw new IOException(what + ": " + message(code));
    }

    private static String message(int code) {
        try (BytePointer text = new BytePointer(MESSAGE)) {
            av_strerror(code, text, MESSAGE);
            // Up to the message's end: behind it lies what the memory held before, passwords too.
            return text.limit(BytePointer.strlen(text)).getString(StandardCharsets.UTF_8);
        }
    }
}
