package io.maestream.ingest.source.scene;

import java.util.List;

/**
 * Fills shapes onto a raster. A brush has its own place and scale, so that an object is drawn in
 * its own coordinates wherever it stands. What a shape covers, it takes from the brush's masks.
 */
final class Brush {

    private final Raster raster;
    private final List<Mask> masks;
    private final double originX;
    private final double originY;
    private final double scaleX;
    private final double scaleY;

    private Brush(Raster raster, List<Mask> masks, double[] transform) {
        this.raster = raster;
        this.masks = masks;
        this.originX = transform[0];
        this.originY = transform[1];
        this.scaleX = transform[2];
        this.scaleY = transform[3];
    }

    /** A brush whose unit is a number of pixels. */
    static Brush on(Raster raster, double pixelsPerUnit, Mask... masks) {
        return new Brush(raster, List.of(masks), new double[] {0, 0, pixelsPerUnit, pixelsPerUnit});
    }

    /** A brush with its origin at a place of this one's. */
    Brush at(double x, double y) {
        return new Brush(
                raster,
                masks,
                new double[] {originX + x * scaleX, originY + y * scaleY, scaleX, scaleY});
    }

    /** A brush that draws larger, and the other way round if the factor of x is negative. */
    Brush scaled(double factorX, double factorY) {
        return new Brush(
                raster, masks, new double[] {originX, originY, scaleX * factorX, scaleY * factorY});
    }

    Brush fill(Shape shape, int rgb) {
        return fill(shape, Paint.solid(rgb), 1);
    }

    Brush fill(Shape shape, Paint paint) {
        return fill(shape, paint, 1);
    }

    /** Covers the shape by a share of 0 to 1. */
    Brush fill(Shape shape, Paint paint, double share) {
        Shape.Bounds bounds = shape.bounds();
        double x1 = originX + bounds.left() * scaleX;
        double x2 = originX + bounds.right() * scaleX;
        int left = Math.max(0, (int) Math.floor(Math.min(x1, x2) - 1));
        int right = Math.min(raster.width() - 1, (int) Math.ceil(Math.max(x1, x2) + 1));
        int top = Math.max(0, (int) Math.floor(originY + bounds.top() * scaleY - 1));
        int bottom =
                Math.min(
                        raster.height() - 1,
                        (int) Math.ceil(originY + bounds.bottom() * scaleY + 1));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                fillPixel(row, column, shape, paint, share);
            }
        }
        return this;
    }

    private void fillPixel(int row, int column, Shape shape, Paint paint, double share) {
        double x = (column + 0.5 - originX) / scaleX;
        double y = (row + 0.5 - originY) / scaleY;
        double covered = 0.5 - shape.field().distance(x, y) * scaleY;
        if (covered <= 0) {
            return;
        }
        double alpha = Math.min(1, covered) * share;
        int pixel = row * raster.width() + column;
        raster.blend(pixel, paint.at(x, y), alpha);
        for (Mask mask : masks) {
            mask.cover(pixel, alpha);
        }
    }
}
