package io.maestream.ingest.source.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.io.IOException;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Frames through FFmpeg. A stream of whole JPEG pictures is handed on as it is; anything else is
 * decoded, and encoded as JPEG where a frame is asked for.
 */
final class FfmpegStream implements FrameStream {

    private static final double MICROS = 1e6;

    static {
        Ffmpeg.load();
    }

    private final FfmpegInput input;
    private final Deadline deadline;
    private final AVPacket packet = av_packet_alloc();
    private FfmpegConnection connection;
    private FrameDecoder decoder;
    private byte[] picture;
    private long timestamp = AV_NOPTS_VALUE;
    private boolean ended;

    FfmpegStream(FfmpegInput input) {
        this.input = input;
        this.deadline = new Deadline(input.stall());
    }

    @Override
    public boolean next() throws IOException {
        deadline.in(input.stall());
        if (connection == null) {
            connection = new FfmpegConnection(input, deadline);
            decoder = new FrameDecoder(connection.codec(), deadline);
        }
        picture = null;
        while (!decoder.receive()) {
            if (ended) {
                return false;
            }
            if (feed()) {
                return true;
            }
        }
        timestamp = decoder.timestamp();
        return true;
    }

    @Override
    public OptionalLong micros() {
        return !input.hasClock() || timestamp == AV_NOPTS_VALUE
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(timestamp * connection.secondsPerTick() * MICROS));
    }

    @Override
    public byte[] jpeg() throws IOException {
        return picture == null ? decoder.jpeg() : picture;
    }

    @Override
    public void interrupt() {
        deadline.interrupt();
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
        if (connection != null) {
            connection.close();
        }
        av_packet_free(packet);
        deadline.close();
    }

    /** Reads a packet; true if it is a frame already, else it went to the decoder. */
    private boolean feed() throws IOException {
        if (!connection.read(packet)) {
            ended = true;
            decoder.send(null);
            return false;
        }
        try {
            if (connection.codec().codec_id() != AV_CODEC_ID_MJPEG) {
                decoder.send(packet);
                return false;
            }
            return feedPicture();
        } finally {
            av_packet_unref(packet);
        }
    }

    /** A picture cut short by the end of a connection is none. */
    private boolean feedPicture() {
        if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
            return false;
        }
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        if (!JpegPicture.isWhole(bytes)) {
            decoder.send(packet);
            return false;
        }
        picture = bytes;
        timestamp = packet.pts();
        return true;
    }
}
