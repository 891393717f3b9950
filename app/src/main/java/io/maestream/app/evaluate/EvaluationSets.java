package io.maestream.app.evaluate;

import ai.djl.Device;
import io.maestream.follower.score.Scoring;
import io.maestream.mae.ImageShape;
import io.maestream.trainer.feed.CentredImages;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Training and test images of the same classes; read again only for a model of another size. */
public final class EvaluationSets {

    private final LabelledFiles train;
    private final LabelledFiles test;
    private final List<String> classes;
    private final long seed;
    private final Device device;
    private final BooleanSupplier cancelled;
    private ImageShape size;
    private Scoring scoring;

    /**
     * @param seed of the linear probe
     * @param cancelled ends a scoring early
     * @throws IllegalArgumentException if the training images have fewer than two classes, or lack
     *     one that the test images have
     */
    public EvaluationSets(
            LabelledFiles train,
            LabelledFiles test,
            long seed,
            Device device,
            BooleanSupplier cancelled) {
        this.train = train;
        this.test = test;
        this.classes = train.classes();
        this.seed = seed;
        this.device = device;
        this.cancelled = cancelled;
        TreeSet<String> unknown = new TreeSet<>(test.classes());
        classes.forEach(unknown::remove);
        if (classes.size() < 2 || !unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the training images have the classes %s; they need two at least, and %s as well"
                            .formatted(classes, unknown.isEmpty() ? "no more" : unknown));
        }
    }

    /** Scores on images of a model's size. */
    public Scoring scoring(ImageShape image) throws IOException, InterruptedException {
        if (scoring == null || size.size() != image.size() || size.channels() != image.channels()) {
            // The old ones first: there may not be room for both.
            scoring = null;
            CentredImages centred = new CentredImages(image.size(), image.channels());
            scoring =
                    new Scoring(
                            train.read(classes, centred),
                            test.read(classes, centred),
                            seed,
                            device,
                            cancelled);
            size = image;
        }
        return scoring;
    }

    /** Names of the classes. */
    public List<String> classes() {
        return classes;
    }

    /** How many training images. */
    public int trainCount() {
        return train.count();
    }

    /** How many test images. */
    public int testCount() {
        return test.count();
    }
}
