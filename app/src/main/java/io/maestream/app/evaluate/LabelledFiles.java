package io.maestream.app.evaluate;

import io.maestream.app.look.ImageInputs;
import io.maestream.follower.score.LabelledImages;
import io.maestream.ingest.source.ImageSource;
import io.maestream.ingest.source.SourceImage;
import io.maestream.ingest.source.archive.ArchiveLimits;
import io.maestream.ingest.source.archive.ArchiveSource;
import io.maestream.ingest.source.directory.DirectorySettings;
import io.maestream.ingest.source.directory.DirectorySource;
import io.maestream.trainer.feed.CentredImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Labelled images in an archive or a directory: each lies in a folder that has its class's name.
 * Names are read first, pixels when a model's size is known.
 */
public final class LabelledFiles {

    /** Two sets of this size fit into the launcher's memory beside all else. */
    private static final long MOST_BYTES = 768L << 20;

    private final Path path;
    private final ImageInputs inputs;
    private final Set<String> chosen;
    private final TreeSet<String> classes = new TreeSet<>();

    private LabelledFiles(Path path, ImageInputs inputs, Set<String> chosen) {
        this.path = path;
        this.inputs = inputs;
        this.chosen = chosen;
        for (String name : chosen) {
            classes.add(Label.of(name).orElseThrow());
        }
    }

    /**
     * Reads the names.
     *
     * @param path a .zip, .tar, .tar.gz, .tgz or idx3-ubyte file with labels beside it, or a
     *     directory
     * @param limit how many images at most; see {@link Sample}
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if there is no image, or one that lies in no folder
     */
    public static LabelledFiles open(Path path, int limit, ImageInputs inputs)
            throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        forEach(path, inputs, image -> names.add(labelled(path, image.imageId())));
        if (names.isEmpty()) {
            throw new IllegalArgumentException("There is no image in " + path);
        }
        return new LabelledFiles(path, inputs, Sample.of(names, limit));
    }

    /** Names of the classes that its images have, sorted. */
    public List<String> classes() {
        return List.copyOf(classes);
    }

    /** How many images. */
    public int count() {
        return chosen.size();
    }

    /**
     * Reads the pixels.
     *
     * @param names of classes; labels are their numbers
     * @throws IOException if the archive cannot be read, or is not what it was
     * @throws IllegalArgumentException if an image cannot be used, has another class, or there are
     *     more than memory should hold
     */
    public LabelledImages read(List<String> names, CentredImages images)
            throws IOException, InterruptedException {
        ByteBuffer pixels = room(images);
        int[] labels = new int[count()];
        AtomicInteger read = new AtomicInteger();
        forEach(
                path,
                inputs,
                image -> {
                    String name = image.imageId();
                    if (chosen.contains(name)) {
                        int place = read.getAndIncrement();
                        labels[place] = names.indexOf(known(name, names));
                        images.decodeInto(pixels, place, inputs.checked(name, image.bytes()));
                    }
                });
        if (read.get() != count()) {
            throw new IOException(path + " changed while it was read");
        }
        return new LabelledImages(pixels, images.side(), images.channels(), labels, names);
    }

    private ByteBuffer room(CentredImages images) {
        long bytes = (long) count() * images.bytesPerImage();
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "%d images of %d x %d take %d MiB of memory, the limit is %d: take %d at most"
                            .formatted(
                                    count(),
                                    images.side(),
                                    images.side(),
                                    bytes >> 20,
                                    MOST_BYTES >> 20,
                                    MOST_BYTES / images.bytesPerImage()));
        }
        return ByteBuffer.allocateDirect((int) bytes);
    }

    private String known(String name, List<String> names) {
        String label = Label.of(name).orElseThrow();
        if (!names.contains(label)) {
            throw new IllegalArgumentException(
                    "%s!%s is of class %s, which the training images do not have: they have %s"
                            .formatted(path, name, label, names));
        }
        return label;
    }

    private static String labelled(Path path, String name) {
        if (Label.of(name).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s!%s lies in no folder; an image's folder has the name of its class"
                            .formatted(path, name));
        }
        return name;
    }

    private static void forEach(Path path, ImageInputs inputs, Consumer<SourceImage> reader)
            throws IOException, InterruptedException {
        try (ImageSource source = source(path, inputs)) {
            for (Optional<SourceImage> image = source.next();
                    image.isPresent();
                    image = source.next()) {
                reader.accept(image.get());
            }
        }
    }

    private static ImageSource source(Path path, ImageInputs inputs) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        String id = String.valueOf(path.getFileName());
        return Files.isDirectory(path)
                ? new DirectorySource(path, id, new DirectorySettings(false, inputs.maxBytes()))
                : new ArchiveSource(path, id, ArchiveLimits.defaults(inputs.maxBytes()));
    }
}
