package io.maestream.follower.score;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.maestream.mae.Embeddings;
import io.maestream.mae.FrozenEncoder;
import io.maestream.mae.ImageShape;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Scores features on labelled images: the share of test images whose class is found, 0 to 1. Equal
 * inputs give equal scores.
 */
public final class Scoring {

    /** Names of scores: the method, and what the features are. */
    public static final String KNN = "knn.";

    /** Likewise, the linear probe. */
    public static final String LINEAR = "linear.";

    private static final String ENGINE = "PyTorch";
    private static final int BATCH = 128;

    private final LabelledImages train;
    private final LabelledImages test;
    private final NearestNeighbours neighbours;
    private final LinearProbe probe;
    private final Device device;
    private final BooleanSupplier cancelled;

    /**
     * By the protocol of the two methods.
     *
     * @param seed of the probe's order of rows
     * @param cancelled asked while images are embedded, which takes the time
     * @throws IllegalArgumentException if the sets differ in size or classes
     */
    public Scoring(
            LabelledImages train,
            LabelledImages test,
            long seed,
            Device device,
            BooleanSupplier cancelled) {
        if (train.side() != test.side()
                || train.channels() != test.channels()
                || !train.classes().equals(test.classes())) {
            throw new IllegalArgumentException(
                    "training and test images must have one size and the same classes");
        }
        this.train = train;
        this.test = test;
        this.neighbours = NearestNeighbours.protocol();
        this.probe = LinearProbe.protocol(seed);
        this.device = device;
        this.cancelled = cancelled;
    }

    /**
     * The scores of an encoder's class token and of the mean over its patches: {@code knn.cls},
     * {@code knn.mean}, {@code linear.cls}, {@code linear.mean}.
     *
     * @throws IllegalArgumentException if the encoder takes other images
     * @throws CancellationException if it was cancelled
     */
    public Map<String, Double> of(FrozenEncoder encoder) {
        requireSize(encoder.image());
        Features training = features(encoder, train);
        Features testing = features(encoder, test);
        Map<String, Double> scores = new TreeMap<>();
        scores.putAll(of("cls", training.cls(), testing.cls()));
        scores.putAll(of("mean", training.mean(), testing.mean()));
        return scores;
    }

    /** The scores of the pixels as they are: {@code knn.pixels}, {@code linear.pixels}. */
    public Map<String, Double> ofPixels() {
        return of("pixels", train.asRows(), test.asRows());
    }

    private Map<String, Double> of(String features, Rows training, Rows queries) {
        int classes = train.classes().size();
        try (NDManager manager = NDManager.newBaseManager(device, ENGINE)) {
            int[] near = neighbours.predict(training, train.labels(), classes, queries, manager);
            int[] linear = probe.predict(training, train.labels(), classes, queries, manager);
            return Map.of(
                    KNN + features, share(near, test.labels()),
                    LINEAR + features, share(linear, test.labels()));
        }
    }

    private record Features(Rows cls, Rows mean) {}

    private Features features(FrozenEncoder encoder, LabelledImages images) {
        FloatRows cls = new FloatRows(images.count(), encoder.width());
        FloatRows mean = new FloatRows(images.count(), encoder.width());
        for (int from = 0; from < images.count(); from += BATCH) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("stopped before all images were embedded");
            }
            int to = Math.min(images.count(), from + BATCH);
            Embeddings some = encoder.embed(images.range(from, to), to - from);
            for (int i = 0; i < to - from; i++) {
                cls.add(some.cls()[i]);
                mean.add(some.mean()[i]);
            }
        }
        return new Features(cls.rows(), mean.rows());
    }

    private void requireSize(ImageShape image) {
        if (image.size() != train.side() || image.channels() != train.channels()) {
            throw new IllegalArgumentException(
                    "the encoder takes images of %d x %d x %d, these have %d x %d x %d"
                            .formatted(
                                    image.size(),
                                    image.size(),
                                    image.channels(),
                                    train.side(),
                                    train.side(),
                                    train.channels()));
        }
    }

    private static double share(int[] predicted, int[] labels) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += predicted[i] == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}
