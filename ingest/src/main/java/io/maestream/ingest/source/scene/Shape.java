package io.maestream.ingest.source.scene;

import java.util.function.DoubleUnaryOperator;

/**
 * A region of the plane, by its signed distance, which gives smooth edges at any scale. Lengths are
 * in the scene's units; y points down.
 *
 * @see <a href="https://iquilezles.org/articles/distfunctions2d/">2D distance functions</a>
 */
record Shape(Field field, Bounds bounds) {

    /** Distance to the edge, negative inside; exact near the edge only. */
    @FunctionalInterface
    interface Field {
        double distance(double x, double y);
    }

    /** A box that holds the whole shape. */
    record Bounds(double left, double top, double right, double bottom) {}

    static Shape box(double x, double y, double width, double height) {
        return roundBox(x, y, width, height, 0);
    }

    static Shape roundBox(double x, double y, double width, double height, double radius) {
        double halfWidth = width / 2;
        double halfHeight = height / 2;
        double centreX = x + halfWidth;
        double centreY = y + halfHeight;
        return new Shape(
                (px, py) -> {
                    double dx = Math.abs(px - centreX) - halfWidth + radius;
                    double dy = Math.abs(py - centreY) - halfHeight + radius;
                    double outside = Math.hypot(Math.max(dx, 0), Math.max(dy, 0));
                    return outside + Math.min(Math.max(dx, dy), 0) - radius;
                },
                new Bounds(x, y, x + width, y + height));
    }

    static Shape circle(double x, double y, double radius) {
        return ellipse(x, y, radius, radius);
    }

    static Shape ellipse(double x, double y, double radiusX, double radiusY) {
        double smaller = Math.min(radiusX, radiusY);
        return new Shape(
                (px, py) -> (Math.hypot((px - x) / radiusX, (py - y) / radiusY) - 1) * smaller,
                new Bounds(x - radiusX, y - radiusY, x + radiusX, y + radiusY));
    }

    /** A line with round ends. */
    static Shape stroke(double x1, double y1, double x2, double y2, double width) {
        double radius = width / 2;
        return new Shape(
                (px, py) -> segmentDistance(px, py, new double[] {x1, y1, x2, y2}, 0) - radius,
                new Bounds(
                        Math.min(x1, x2) - radius,
                        Math.min(y1, y2) - radius,
                        Math.max(x1, x2) + radius,
                        Math.max(y1, y2) + radius));
    }

    /** A closed polygon of any form: x and y of its corners in turn. */
    static Shape polygon(double... corners) {
        double[] closed = new double[corners.length + 2];
        System.arraycopy(corners, 0, closed, 0, corners.length);
        closed[corners.length] = corners[0];
        closed[corners.length + 1] = corners[1];
        Bounds bounds = new Bounds(corners[0], corners[1], corners[0], corners[1]);
        for (int i = 0; i < corners.length; i += 2) {
            bounds =
                    new Bounds(
                            Math.min(bounds.left, corners[i]),
                            Math.min(bounds.top, corners[i + 1]),
                            Math.max(bounds.right, corners[i]),
                            Math.max(bounds.bottom, corners[i + 1]));
        }
        return new Shape((x, y) -> polygonDistance(x, y, closed), bounds);
    }

    /** Everything below a line that rises and falls with x. */
    static Shape below(DoubleUnaryOperator height) {
        return new Shape((x, y) -> height.applyAsDouble(x) - y, new Bounds(-1e6, -1e6, 1e6, 1e6));
    }

    private static double polygonDistance(double x, double y, double[] corners) {
        double nearest = Double.MAX_VALUE;
        boolean inside = false;
        for (int i = 0; i + 3 < corners.length; i += 2) {
            nearest = Math.min(nearest, segmentDistance(x, y, corners, i));
            double y1 = corners[i + 1];
            double y2 = corners[i + 3];
            if (y1 > y != y2 > y
                    && x < (corners[i + 2] - corners[i]) * (y - y1) / (y2 - y1) + corners[i]) {
                inside = !inside;
            }
        }
        return inside ? -nearest : nearest;
    }

    private static double segmentDistance(double x, double y, double[] corners, int at) {
        double dx = corners[at + 2] - corners[at];
        double dy = corners[at + 3] - corners[at + 1];
        double px = x - corners[at];
        double py = y - corners[at + 1];
        double length = dx * dx + dy * dy;
        double t = length == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
        double ex = px - t * dx;
        double ey = py - t * dy;
        return Math.sqrt(ex * ex + ey * ey);
    }
}
