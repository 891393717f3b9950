package io.maestream.app.look;

import io.maestream.ingest.prepare.ImagePreparer;
import io.maestream.ingest.prepare.Preparation;
import io.maestream.ingest.prepare.PrepareSettings;
import io.maestream.trainer.feed.CentredImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Image files that somebody names, checked as the stream's images are, made fit for a model. */
public final class ImageInputs {
    private final ImagePreparer preparer;
    private final PrepareSettings limits;

    /** Within these limits of size and pixels. */
    public ImageInputs(PrepareSettings limits) {
        this.limits = limits;
        this.preparer = new ImagePreparer(limits);
    }

    /**
     * The files themselves, and the JPEG and PNG files below the directories, sorted by path.
     *
     * @throws java.nio.file.NoSuchFileException if one of them is not there
     */
    public static List<Path> files(List<Path> named) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> below = Files.walk(path)) {
                    below.filter(Files::isRegularFile)
                            .filter(ImageInputs::isImage)
                            .sorted()
                            .forEach(files::add);
                }
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        return files;
    }

    /**
     * Pixels of images, one after the other, (B, H, W, C) in a direct buffer.
     *
     * @throws IllegalArgumentException if one cannot be taken; names it and says why
     */
    public ByteBuffer pixels(List<Path> files, CentredImages images) throws IOException {
        ByteBuffer batch = ByteBuffer.allocateDirect(files.size() * images.bytesPerImage());
        for (int i = 0; i < files.size(); i++) {
            images.decodeInto(batch, i, checked(files.get(i)));
        }
        return batch;
    }

    private byte[] checked(Path file) throws IOException {
        long size = Files.size(file);
        if (size > limits.maxBytes()) {
            throw new IllegalArgumentException(
                    "%s has %d bytes; prepare.max.bytes is %d: take a smaller image or raise it"
                            .formatted(file, size, limits.maxBytes()));
        }
        return checked(file.toString(), Files.readAllBytes(file));
    }

    /**
     * An image as preparation makes it of these bytes.
     *
     * @param name for the message
     * @throws IllegalArgumentException if it cannot be taken; names it and says why
     */
    public byte[] checked(String name, byte[] bytes) {
        Preparation preparation = preparer.prepare(bytes);
        if (preparation instanceof Preparation.Rejected rejected) {
            throw new IllegalArgumentException(name + " cannot be taken: " + rejected.detail());
        }
        return ((Preparation.Prepared) preparation).bytes();
    }

    /** The largest encoded image that is taken, in bytes. */
    public int maxBytes() {
        return limits.maxBytes();
    }

    private static boolean isImage(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".+\\.(jpe?g|png)");
    }
}
