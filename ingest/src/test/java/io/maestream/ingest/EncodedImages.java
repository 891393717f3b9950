package io.maestream.ingest;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.maestream.ingest.codec.Picture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Encoded images of less common kinds: four quarters in red, green, blue and grey. */
public final class EncodedImages {

    /** Top left, top right, bottom left, bottom right, as the JDK counts colours. */
    public static final int[] QUARTERS = {0xCC3333, 0x33CC33, 0x3333CC, 0x999999};

    private EncodedImages() {}

    public static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);
                image.setRGB(x, y, 0xFF000000 | QUARTERS[quarter]);
            }
        }
        return image;
    }

    public static byte[] file(String format, BufferedImage image) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("no writer of " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param quality above 100: lossless
     */
    public static byte[] webp(int width, int height, boolean alpha, int quality) {
        Picture.of(new byte[3], 1, 1).close(); // loads the library
        BufferedImage image = quarters(width, height, BufferedImage.TYPE_4BYTE_ABGR);
        int channels = alpha ? 4 : 3;
        byte[] pixels = new byte[width * height * channels];
        for (int i = 0; i < width * height; i++) {
            Color colour = new Color(image.getRGB(i % width, i / width));
            pixels[i * channels] = (byte) colour.getBlue();
            pixels[i * channels + 1] = (byte) colour.getGreen();
            pixels[i * channels + 2] = (byte) colour.getRed();
            if (alpha) {
                pixels[i * channels + 3] = (byte) (i % width < width / 2 ? 255 : 0);
            }
        }
        try (Mat mat = new Mat(height, width, alpha ? CV_8UC4 : CV_8UC3);
                BytePointer out = new BytePointer();
                IntPointer parameters = new IntPointer(IMWRITE_WEBP_QUALITY, quality)) {
            mat.data().put(pixels);
            imencode(".webp", mat, out, parameters);
            byte[] bytes = new byte[(int) out.limit()];
            out.get(bytes);
            return bytes;
        }
    }

    /** A WebP animation whose frames are these stills. */
    public static byte[] animation(int width, int height, byte[]... stills) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                chunk("VP8X", new byte[] {2, 0, 0, 0, b(width - 1), 0, 0, b(height - 1), 0, 0}));
        body.writeBytes(chunk("ANIM", new byte[6]));
        for (byte[] still : stills) {
            ByteBuffer frame = ByteBuffer.allocate(16 + still.length - 12);
            frame.put(new byte[6]).put(new byte[] {b(width - 1), 0, 0, b(height - 1), 0, 0});
            frame.put(new byte[] {40, 0, 0, 0}).put(still, 12, still.length - 12);
            body.writeBytes(chunk("ANMF", frame.array()));
        }
        ByteBuffer file = ByteBuffer.allocate(12 + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + body.size());
        return file.put("WEBP".getBytes(StandardCharsets.US_ASCII)).put(body.toByteArray()).array();
    }

    /** A JPEG with four channels, as the JDK writes a raster: without a word on what they are. */
    public static byte[] cmykJpeg(int width, int height) {
        BufferedImage image = quarters(width, height, BufferedImage.TYPE_4BYTE_ABGR);
        byte[] abgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        Raster raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(abgr, abgr.length),
                        width,
                        height,
                        width * 4,
                        4,
                        new int[] {0, 1, 2, 3},
                        null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream();
                ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
            stream.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    /** The JPEG with an Exif segment of this orientation before everything else. */
    public static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1)
                .putShort((short) 34)
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
        exif.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation);
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 36);
        return file.put(jpeg, 0, 2).put(exif.array()).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** An uncompressed TIFF of the quarters, with these tags instead of, or besides, its own. */
    public static byte[] tiff(int width, int height, Map<Integer, Integer> tags) {
        Map<Integer, Integer> all = new TreeMap<>();
        int samples = tags.getOrDefault(277, 3);
        int bytes = tags.getOrDefault(258, 8) / 8;
        all.putAll(
                Map.of(256, width, 257, height, 258, 8, 259, 1, 262, 2, 277, samples, 278, height));
        all.putAll(tags);
        int size = width * height * samples * bytes;
        all.put(279, size);
        all.put(273, 8 + 2 + 12 * (all.size() + 1) + 4);
        ByteBuffer file = ByteBuffer.allocate(all.get(273) + size).order(ByteOrder.LITTLE_ENDIAN);
        file.put("II*\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) all.size());
        all.forEach(
                (tag, value) ->
                        file.putShort(tag.shortValue())
                                .putShort((short) 4)
                                .putInt(1)
                                .putInt(value));
        file.position(all.get(273));
        BufferedImage image = quarters(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            int rgb = image.getRGB(i % width, i / width);
            for (int s = 0; s < samples; s++) {
                int value = s < 3 ? rgb >> 16 - 8 * s & 0xFF : 0;
                file.put(new byte[bytes - 1]).put((byte) value);
            }
        }
        return file.array();
    }

    private static byte[] chunk(String name, byte[] content) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + content.length + content.length % 2)
                        .order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte b(int value) {
        return (byte) value;
    }
}
