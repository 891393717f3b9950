package io.maestream.mae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TorchScriptArchiveTest {

    private static final String SOURCE =
            """
            class Sum(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              count : int
              factor : float
              def forward(self: __torch__.Sum, x: Tensor) -> Tensor:
                if self.training:
                  y = torch.add(torch.mul(x, self.factor), self.count)
                else:
                  y = x
                return y
            """;

    @Test
    void shouldCarryAttributesOfAllThreeKinds() {
        // Given negative and large values, and a flag that is set
        assertThat(run(true, -70_000, 0.1)).isEqualTo((float) (3 * 0.1 - 70_000));
        // And one that is not
        assertThat(run(false, 5, 2.0)).isEqualTo(3f);
    }

    @Test
    void shouldNameTheLineOfABadSource() {
        String bad = SOURCE.replace("y = x", "y = torch.nonsense(x)");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            byte[] archive = TorchScriptArchive.pack(bad, "Sum", attributes(true, 1, 1.0));
            assertThatThrownBy(() -> load(manager, archive))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("nonsense")
                    .hasMessageContaining("line 11");
        }
    }

    @Test
    void shouldRefuseAttributesThatItCannotWrite() {
        assertThatThrownBy(() -> TorchScriptArchive.pack(SOURCE, "Sum", Map.of("count", "many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count");
    }

    private static float run(boolean training, int count, double factor) {
        byte[] archive =
                TorchScriptArchive.pack(SOURCE, "Sum", attributes(training, count, factor));
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            PtSymbolBlock block = load(manager, archive);
            NDArray x = manager.create(3f);
            return IValueUtils.forward(block, new NDList(x), true).get(0).toFloatArray()[0];
        }
    }

    private static Map<String, Object> attributes(boolean training, int count, double factor) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("training", training);
        attributes.put("count", count);
        attributes.put("factor", factor);
        return attributes;
    }

    private static PtSymbolBlock load(NDManager manager, byte[] archive) {
        try {
            return JniUtils.loadModule(
                    (PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
