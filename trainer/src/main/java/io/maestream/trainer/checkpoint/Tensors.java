package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.safetensors.DType;
import io.maestream.checkpoints.safetensors.SafetensorsFile;
import io.maestream.checkpoints.safetensors.Tensor;
import io.maestream.mae.NamedTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The model's arrays as a file's, and back. */
final class Tensors {

    private Tensors() {}

    static Tensor of(NamedTensor named) {
        return of("", named);
    }

    static Tensor of(String prefix, NamedTensor named) {
        List<Long> shape = Arrays.stream(named.shape()).boxed().toList();
        return new Tensor(prefix + named.name(), DType.F32, shape, named.data());
    }

    /** All arrays of a file whose names begin so, named without that beginning. */
    static List<NamedTensor> read(SafetensorsFile file, String prefix) throws IOException {
        List<NamedTensor> tensors = new ArrayList<>();
        for (String name : file.names()) {
            if (name.startsWith(prefix)) {
                Tensor tensor = file.tensor(name);
                long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
                tensors.add(new NamedTensor(name.substring(prefix.length()), shape, tensor.data()));
            }
        }
        return tensors;
    }
}
