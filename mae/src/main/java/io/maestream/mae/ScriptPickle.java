package io.maestream.mae;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pickles (protocol 2) an object of a TorchScript class as libtorch reads it back. The arrays'
 * bytes stay outside: each is named by its place among {@link #tensors()}.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/main/torch/csrc/jit/docs/serialization.md">
 *     TorchScript serialization</a>
 */
final class ScriptPickle {

    private static final int TRUE = 0x88;
    private static final int FALSE = 0x89;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<NamedTensor> tensors = new ArrayList<>();

    private ScriptPickle() {}

    static ScriptPickle of(ScriptModule module) {
        ScriptPickle pickle = new ScriptPickle();
        pickle.out.writeBytes(new byte[] {(byte) 0x80, 2});
        pickle.module(module);
        pickle.out.write('.');
        return pickle;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** The arrays, in the order of their keys 0, 1, 2. */
    List<NamedTensor> tensors() {
        return tensors;
    }

    private void module(ScriptModule module) {
        global("__torch__", module.className());
        out.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
        for (Map.Entry<String, Object> attribute : module.attributes().entrySet()) {
            text(attribute.getKey());
            value(attribute.getKey(), attribute.getValue());
        }
        out.writeBytes(new byte[] {'u', 'b'});
    }

    private void value(String name, Object value) {
        if (value instanceof Boolean flag) {
            out.write(flag ? TRUE : FALSE);
        } else if (value instanceof Integer number) {
            integer(number);
        } else if (value instanceof Double number) {
            out.write('G');
            out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
        } else if (value instanceof NamedTensor tensor) {
            tensor(tensor);
        } else if (value instanceof ScriptModule module) {
            module(module);
        } else {
            throw new IllegalArgumentException("attribute " + name + " is " + value);
        }
    }

    /** {@code torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, False, {})}. */
    private void tensor(NamedTensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2");
        out.write('(');
        storage(tensor);
        integer(0);
        sizes(tensor.shape());
        sizes(strides(tensor.shape()));
        out.write(FALSE);
        global("collections", "OrderedDict");
        out.writeBytes(new byte[] {')', 'R', 't', 'R'});
        tensors.add(tensor);
    }

    private void storage(NamedTensor tensor) {
        out.write('(');
        text("storage");
        global("torch", "FloatStorage");
        text(Integer.toString(tensors.size()));
        text("cpu");
        integer(tensor.data().remaining() / Float.BYTES);
        out.writeBytes(new byte[] {'t', 'Q'});
    }

    private void sizes(long[] sizes) {
        out.write('(');
        for (long size : sizes) {
            integer(Math.toIntExact(size));
        }
        out.write('t');
    }

    private void global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(littleEndian(bytes.length));
        out.writeBytes(bytes);
    }

    private void integer(int value) {
        out.write('J');
        out.writeBytes(littleEndian(value));
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
