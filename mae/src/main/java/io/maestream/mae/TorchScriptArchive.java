package io.maestream.mae;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source text and an object of one of its classes into the archive that libtorch
 * loads: a zip with the code, a pickle of the object, the arrays that it holds, an empty constants
 * table and the version. Equal contents give equal bytes.
 */
final class TorchScriptArchive {

    private static final String VERSION = "10\n";
    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private TorchScriptArchive() {}

    /**
     * Packs an object without arrays.
     *
     * @param className of the module in the source
     * @param attributes Boolean, Integer or Double, by name
     */
    static byte[] pack(String source, String className, Map<String, Object> attributes) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try {
            write(archive, "kernels", source, new ScriptModule(className, attributes));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return archive.toByteArray();
    }

    /**
     * Writes an archive; {@code out} stays open.
     *
     * @param name of the archive's one folder
     */
    static void write(OutputStream out, String name, String source, ScriptModule module)
            throws IOException {
        ScriptPickle pickle = ScriptPickle.of(module);
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
        String root = name + "/";
        put(zip, root + "data.pkl", pickle.bytes());
        put(zip, root + "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
        List<NamedTensor> tensors = pickle.tensors();
        for (int i = 0; i < tensors.size(); i++) {
            put(zip, root + "data/" + i, tensors.get(i).data());
        }
        put(zip, root + "constants.pkl", EMPTY_TUPLE);
        put(zip, root + "version", VERSION.getBytes(StandardCharsets.US_ASCII));
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        put(zip, name, ByteBuffer.wrap(bytes));
    }

    private static void put(ZipOutputStream zip, String name, ByteBuffer bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(bytes.remaining());
        entry.setCompressedSize(bytes.remaining());
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        // Not closed: that would close the zip.
        WritableByteChannel content = Channels.newChannel(zip);
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            content.write(rest);
        }
        zip.closeEntry();
    }
}
