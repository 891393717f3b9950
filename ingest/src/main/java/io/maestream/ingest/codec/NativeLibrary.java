package io.maestream.ingest.codec;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads OpenCV, once, with the settings that this process needs. */
final class NativeLibrary {

    private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";

    private NativeLibrary() {}

    /** Images are prepared one per thread; OpenCV's own threads would only fight over the cores. */
    static void load() {
        lift(MAX_PHYSICAL_BYTES);
        Loader.load(opencv_core.class);
        Loader.load(opencv_imgcodecs.class);
        Loader.load(opencv_imgproc.class);
        opencv_core.setNumThreads(1);
    }

    /**
     * JavaCPP refuses to allocate when the whole process is large, counted with the trainer's
     * weights and the broker's mapped files. Sizes are bounded before they are decoded here, so
     * that limit goes, unless somebody set one.
     */
    private static void lift(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "0");
        }
    }
}
