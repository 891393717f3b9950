package io.maestream.ingest.prepare;

import io.maestream.ingest.EncodedImages;
import io.maestream.ingest.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Images with every kind of damage, the same for the same seed. */
final class Mutations {

    private static final int STRUCTURE = 700;
    private static final int[] SIDES = {0, 1, 7, 8000, 16_383, 30_000, 65_535, 0x7FFFFFFF, -1};

    private final List<byte[]> seeds = new ArrayList<>();
    private final long seed;

    Mutations(long seed) {
        this.seed = seed;
        BufferedImage rgb = EncodedImages.quarters(96, 64, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage argb = EncodedImages.quarters(50, 70, BufferedImage.TYPE_4BYTE_ABGR);
        BufferedImage palette = EncodedImages.quarters(60, 60, BufferedImage.TYPE_BYTE_INDEXED);
        for (String format : new String[] {"jpg", "png", "bmp", "gif", "tif"}) {
            seeds.add(EncodedImages.file(format, rgb));
        }
        for (String format : new String[] {"png", "bmp", "gif", "tif"}) {
            seeds.add(EncodedImages.file(format, palette));
        }
        seeds.add(EncodedImages.file("png", argb));
        seeds.add(TestImages.encode("png", 40, 40, BufferedImage.TYPE_USHORT_GRAY));
        seeds.add(TestImages.jpeg(300, 200));
        seeds.add(EncodedImages.cmykJpeg(64, 64));
        seeds.add(EncodedImages.withOrientation(TestImages.jpeg(64, 48), 6));
        seeds.add(EncodedImages.tiff(40, 30, Map.of(258, 16)));
        seeds.add(EncodedImages.tiff(40, 30, Map.of(262, 5, 277, 4)));
        byte[] webp = EncodedImages.webp(96, 64, false, 90);
        seeds.add(webp);
        seeds.add(EncodedImages.webp(96, 64, true, 90));
        seeds.add(EncodedImages.webp(96, 64, true, 101));
        seeds.add(EncodedImages.animation(96, 64, webp, webp));
    }

    /** Adds some of the files of a directory, if it is there. */
    Mutations with(Path directory, int count) {
        if (!Files.isDirectory(directory)) {
            return this;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().limit(count).toList()) {
                seeds.add(Files.readAllBytes(file));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The damaged image of this number. */
    byte[] image(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        byte[] image = seeds.get(random.nextInt(seeds.size())).clone();
        return switch (number % 8) {
            case 0 -> flipped(image, random, image.length);
            case 1 -> flipped(image, random, Math.min(image.length, STRUCTURE));
            case 2 -> Arrays.copyOf(image, random.nextInt(image.length));
            case 3 -> spliced(image, seeds.get(random.nextInt(seeds.size())), random);
            case 4 -> lying(image, random);
            case 5 -> repeated(image, random);
            case 6 -> overwritten(image, random);
            default -> bomb(random);
        };
    }

    private static byte[] flipped(byte[] image, Random random, int reach) {
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
            image[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextBoolean() ? image : withSums(image);
    }

    /** The beginning of one, the end of another. */
    private static byte[] spliced(byte[] head, byte[] tail, Random random) {
        int from = random.nextInt(Math.min(head.length, STRUCTURE));
        int to = random.nextInt(tail.length);
        byte[] image = Arrays.copyOf(head, from + tail.length - to);
        System.arraycopy(tail, to, image, from, tail.length - to);
        return image;
    }

    /** A number in its structure becomes another, in either order of bytes. */
    private static byte[] lying(byte[] image, Random random) {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        bytes.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int at = random.nextInt(Math.min(image.length, STRUCTURE) - 4);
        int side = SIDES[random.nextInt(SIDES.length)];
        if (random.nextBoolean()) {
            bytes.putInt(at, side);
        } else {
            bytes.putShort(at, (short) side);
        }
        return withSums(image);
    }

    /** A piece comes several times. */
    private static byte[] repeated(byte[] image, Random random) {
        int from = random.nextInt(image.length);
        int length = 1 + random.nextInt(Math.min(200, image.length - from));
        int times = 1 + random.nextInt(60);
        byte[] longer = Arrays.copyOf(image, image.length + length * times);
        for (int i = 0; i < times; i++) {
            System.arraycopy(image, from, longer, from + i * length, length);
        }
        System.arraycopy(image, from, longer, from + length * times, image.length - from);
        return longer;
    }

    private static byte[] overwritten(byte[] image, Random random) {
        byte[] noise = new byte[1 + random.nextInt(64)];
        random.nextBytes(noise);
        int at = random.nextInt(image.length);
        System.arraycopy(noise, 0, image, at, Math.min(noise.length, image.length - at));
        return withSums(image);
    }

    /** Small files that promise many pixels, within the limits and beyond. */
    private byte[] bomb(Random random) {
        int side = new int[] {3000, 7900, 16_000, 60_000}[random.nextInt(4)];
        byte[] image = seeds.get(random.nextInt(seeds.size())).clone();
        return withSums(withSide(image, side, 1000 + random.nextInt(7000)));
    }

    /** Writes dimensions where each format keeps them. */
    static byte[] withSide(byte[] image, int width, int height) {
        ByteBuffer big = ByteBuffer.wrap(image);
        ByteBuffer little = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        switch (image[0]) {
            case (byte) 0x89 -> big.putInt(16, width).putInt(20, height);
            case (byte) 0xFF -> {
                int at = frameHeader(image);
                big.putShort(at + 5, (short) height).putShort(at + 7, (short) width);
            }
            case 'B' -> little.putInt(18, width).putInt(22, height);
            case 'G' -> little.putShort(6, (short) width).putShort(8, (short) height);
            case 'R' -> little.putInt(21, width - 1 & 0x3FFF | (height - 1 & 0x3FFF) << 14);
            default -> little.putInt(18, width);
        }
        return image;
    }

    private static int frameHeader(byte[] jpeg) {
        for (int i = 2; i < jpeg.length - 9; i++) {
            if (jpeg[i] == (byte) 0xFF && (jpeg[i + 1] & 0xFC) == 0xC0) {
                return i;
            }
        }
        return 2;
    }

    /** Makes a PNG's check sums right again, so that the lie is believed. */
    private static byte[] withSums(byte[] image) {
        if (image.length < 33 || image[0] != (byte) 0x89) {
            return image;
        }
        ByteBuffer png = ByteBuffer.wrap(image);
        int at = 8;
        while (at <= image.length - 12) {
            int length = png.getInt(at);
            if (length < 0 || length > image.length - at - 12) {
                return image;
            }
            CRC32 sum = new CRC32();
            sum.update(image, at + 4, length + 4);
            png.putInt(at + 8 + length, (int) sum.getValue());
            at += length + 12;
        }
        return image;
    }
}
