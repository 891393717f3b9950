package io.maestream.trainer.dashboard;

import io.maestream.trainer.feed.StreamRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What is gathered about one source. */
final class CameraTrack {

    /** A picture above this is not kept for people to see. */
    private static final int MAX_PICTURE_BYTES = 1 << 20;

    private static final long MILLIS_BETWEEN_PICTURES = 1_000;
    private static final int DRIFTS = 5;
    private static final double FAST = 0.1;
    private static final double SLOW = 0.005;
    private static final double GAP_WEIGHT = 0.2;

    private final String id;
    private final Rate arrivals = new Rate();
    private final Sparkline history = new Sparkline();
    private final Deque<Long> drifts = new ArrayDeque<>();
    private long images;
    private long steps;
    private double loss = Double.NaN;
    private double usualLoss = Double.NaN;
    private long arrivedAt;
    private double gap;
    private long capturedAt;
    private long pictureAt;
    private StreamRecord picture;
    private long touched;

    CameraTrack(String id) {
        this.id = id;
    }

    /** One of its images came out of the log. */
    void arrived(StreamRecord record, long now) {
        if (arrivedAt > 0 && now > arrivedAt) {
            gap += GAP_WEIGHT * ((now - arrivedAt) / 1e3 - gap);
        }
        arrivals.add(1, now);
        arrivedAt = now;
        touched = now;
        byte[] value = record.value();
        if (value != null
                && value.length <= MAX_PICTURE_BYTES
                && now - pictureAt >= MILLIS_BETWEEN_PICTURES) {
            picture = record;
            pictureAt = now;
        }
    }

    /** A step trained on some of its images. */
    void trained(int more, double newLoss, long now) {
        images += more;
        learned(newLoss, now);
    }

    /** The loss of its images at a step, now or long ago. */
    void learned(double newLoss, long at) {
        steps++;
        loss = smooth(loss, newLoss, FAST);
        usualLoss = smooth(usualLoss, newLoss, Math.max(SLOW, 1.0 / steps));
        history.add(newLoss);
        touched = Math.max(touched, at);
    }

    void drifted(long at) {
        if (!drifts.contains(at)) {
            drifts.addLast(at);
        }
        if (drifts.size() > DRIFTS) {
            drifts.removeFirst();
        }
    }

    /** Preparation has seen an image of it then. */
    void captured(long at) {
        capturedAt = Math.max(capturedAt, at);
    }

    long touched() {
        return touched;
    }

    Optional<StreamRecord> picture() {
        return Optional.ofNullable(picture);
    }

    Camera at(long now, long lookedAt) {
        return new Camera(
                id,
                Camera.state(new Camera.Signs(arrivedAt, gap, capturedAt), lookedAt),
                images,
                arrivals.at(now),
                loss,
                usualLoss,
                history.points(),
                arrivedAt,
                pictureAt,
                List.copyOf(drifts));
    }

    private static double smooth(double old, double value, double weight) {
        if (!Double.isFinite(value)) {
            return old;
        }
        return Double.isFinite(old) ? old + weight * (value - old) : value;
    }
}
