package io.maestream.trainer.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * A whole run's points in bounded memory: when it is full, neighbours become one, and from then on
 * each point stands for twice as many steps. Every point but the one in the making stands for the
 * same number of steps, so the mean of two is the mean of all their steps.
 */
final class History {

    private final int capacity;
    private final List<StepPoint> points;
    private final List<StepPoint> making = new ArrayList<>();
    private int stride = 1;

    /**
     * Empty.
     *
     * @param capacity points to hold, an even number
     */
    History(int capacity) {
        if (capacity < 2 || capacity % 2 != 0) {
            throw new IllegalArgumentException("the capacity must be even, not " + capacity);
        }
        this.capacity = capacity;
        this.points = new ArrayList<>(capacity);
    }

    /** A run that went back to a checkpoint repeats steps; what it undid is forgotten. */
    void add(StepPoint point) {
        while (!points.isEmpty() && points.get(points.size() - 1).step() >= point.step()) {
            points.remove(points.size() - 1);
            making.clear();
        }
        making.replaceAll(part -> part != null && part.step() >= point.step() ? null : part);
        merge(point);
    }

    /** Whole points, the oldest first. */
    List<StepPoint> points() {
        return List.copyOf(points);
    }

    /** Steps in a point. */
    int stride() {
        return stride;
    }

    /**
     * What is in the making waits in levels, each for its twin, as the carry of a binary counter.
     */
    private void merge(StepPoint point) {
        StepPoint carried = point;
        int level = 0;
        int size = 1;
        while (size < stride) {
            while (making.size() <= level) {
                making.add(null);
            }
            StepPoint twin = making.get(level);
            if (twin == null) {
                making.set(level, carried);
                return;
            }
            making.set(level, null);
            carried = twin.mean(carried);
            size *= 2;
            level++;
        }
        points.add(carried);
        if (points.size() == capacity) {
            halve();
        }
    }

    private void halve() {
        for (int i = 0; i < capacity / 2; i++) {
            points.set(i, points.get(2 * i).mean(points.get(2 * i + 1)));
        }
        points.subList(capacity / 2, capacity).clear();
        stride *= 2;
    }
}
