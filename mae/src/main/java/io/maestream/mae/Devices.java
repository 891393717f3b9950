package io.maestream.mae;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;

/** Where a model runs. */
public final class Devices {

    private Devices() {}

    /**
     * The first GPU that libtorch can use, else the CPU.
     *
     * @throws IllegalStateException if libtorch cannot be loaded; says what to do
     */
    public static Device best() {
        try {
            return Engine.getEngine("PyTorch").getGpuCount() > 0 ? Device.gpu() : Device.cpu();
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "PyTorch's native library cannot be loaded on "
                            + System.getProperty("os.name")
                            + " "
                            + System.getProperty("os.arch")
                            + ": build with -Dnative.platform=... of this machine, or let"
                            + " PYTORCH_LIBRARY_PATH name a PyTorch 2.7.1 installation",
                    e);
        }
    }
}
