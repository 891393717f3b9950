package io.maestream.ingest.source.video;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCachedContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.maestream.ingest.codec.CodecException;
import io.maestream.ingest.codec.Picture;
import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Packets to frames, and frames to JPEG. */
final class FrameDecoder implements AutoCloseable {

    private static final int JPEG_QUALITY = 92;
    private static final int CHANNELS = 3;

    /** No camera has more, and a frame takes three bytes of each. */
    private static final long MAX_PIXELS = 64L * 1024 * 1024;

    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private SwsContext scaler;

    FrameDecoder(AVCodecParameters parameters, Deadline deadline) throws IOException {
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            throw new IOException("there is no decoder for this video's codec");
        }
        context = avcodec_alloc_context3(codec);
        try {
            Ffmpeg.check(avcodec_parameters_to_context(context, parameters), "bad video", deadline);
            context.thread_count(1);
            context.max_pixels(MAX_PIXELS);
            Ffmpeg.check(
                    avcodec_open2(context, codec, (AVDictionary) null),
                    "cannot decode the video",
                    deadline);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Takes a packet, or null at the end. What cannot be decoded is left out, as on any screen. */
    void send(AVPacket packet) {
        avcodec_send_packet(context, packet);
    }

    /** Whether a frame came out of what was sent. */
    boolean receive() {
        return avcodec_receive_frame(context, frame) >= 0;
    }

    /** Of the frame that was received last, in ticks of the stream; or none. */
    long timestamp() {
        return frame.best_effort_timestamp();
    }

    /** The frame that was received last. */
    byte[] jpeg() throws IOException {
        int width = frame.width();
        int height = frame.height();
        scaler =
                sws_getCachedContext(
                        scaler,
                        width,
                        height,
                        frame.format(),
                        width,
                        height,
                        AV_PIX_FMT_BGR24,
                        SWS_BILINEAR,
                        null,
                        null,
                        (DoublePointer) null);
        if (scaler == null) {
            throw new IOException("the video's pixels cannot be converted");
        }
        byte[] pixels = pixels(width, height);
        try (Picture picture = Picture.of(pixels, width, height)) {
            return picture.jpeg(JPEG_QUALITY);
        } catch (CodecException e) {
            throw new IOException("the frame could not be encoded: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        av_frame_free(frame);
        avcodec_free_context(context);
    }

    private byte[] pixels(int width, int height) throws IOException {
        byte[] pixels = new byte[width * height * CHANNELS];
        try (BytePointer target = new BytePointer(pixels.length);
                PointerPointer<BytePointer> planes = new PointerPointer<BytePointer>(1);
                IntPointer line = new IntPointer(1)) {
            planes.put(0, target);
            line.put(0, width * CHANNELS);
            int lines = sws_scale(scaler, frame.data(), frame.linesize(), 0, height, planes, line);
            if (lines != height) {
                throw new IOException("the frame is incomplete");
            }
            target.get(pixels);
        }
        return pixels;
    }
}
