package io.maestream.ingest.source.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/** An opened file or a connected camera: the packets of its video. */
final class FfmpegConnection implements AutoCloseable {

    private final Deadline deadline;
    private final AVFormatContext format;
    private final AVStream stream;
    private final double secondsPerTick;

    FfmpegConnection(FfmpegInput input, Deadline deadline) throws IOException {
        this.deadline = deadline;
        this.format = open(input, deadline);
        try {
            Ffmpeg.check(
                    avformat_find_stream_info(format, (PointerPointer<?>) null),
                    "cannot read the stream",
                    deadline);
            int index =
                    av_find_best_stream(
                            format, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
            this.stream = format.streams(Ffmpeg.check(index, "there is no video", deadline));
            AVRational tick = stream.time_base();
            this.secondsPerTick = (double) tick.num() / tick.den();
        } catch (IOException e) {
            avformat_close_input(format);
            throw e;
        }
    }

    AVCodecParameters codec() {
        return stream.codecpar();
    }

    /** Length of a tick of time stamps in seconds. */
    double secondsPerTick() {
        return secondsPerTick;
    }

    /**
     * Reads the next packet of the video into one that is empty.
     *
     * @return false at the end
     */
    boolean read(AVPacket packet) throws IOException {
        while (true) {
            int code = av_read_frame(format, packet);
            if (code == Ffmpeg.END) {
                return false;
            }
            Ffmpeg.check(code, "the stream broke", deadline);
            if (packet.stream_index() == stream.index()) {
                return true;
            }
            av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        avformat_close_input(format);
    }

    private static AVFormatContext open(FfmpegInput input, Deadline deadline) throws IOException {
        AVFormatContext context = avformat_alloc_context();
        context.interrupt_callback().callback(Deadline.CALLBACK);
        context.interrupt_callback().opaque(deadline.pointer());
        AVDictionary options = new AVDictionary(null);
        input.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
        AVInputFormat demuxer = input.format().map(name -> av_find_input_format(name)).orElse(null);
        try {
            // On failure FFmpeg frees the context itself.
            Ffmpeg.check(
                    avformat_open_input(context, input.url(), demuxer, options),
                    "cannot open it",
                    deadline);
            return context;
        } finally {
            av_dict_free(options);
        }
    }
}
