package io.maestream.schemas.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The released schemas that this module ships, so that a log written by older versions reads. To
 * release a changed schema, add the whole of it, with what it refers to inlined, under a new
 * version's directory and to the index; what was released once never changes.
 */
final class KnownSchemas {

    /** Lines such as {@code v0.1/RawImage.avsc}, oldest version first. */
    private static final String INDEX = "/io/maestream/schemas/released/index";

    private KnownSchemas() {}

    /** Every released version of the record of this full name, oldest first. */
    static List<Schema> versions(String fullName) {
        String file = fullName.substring(fullName.lastIndexOf('.') + 1) + ".avsc";
        List<Schema> schemas = new ArrayList<>();
        for (String path : text(INDEX).lines().toList()) {
            if (path.substring(path.indexOf('/') + 1).equals(file)) {
                String resource = INDEX.substring(0, INDEX.lastIndexOf('/') + 1) + path;
                schemas.add(new Schema.Parser().parse(text(resource)));
            }
        }
        return schemas;
    }

    private static String text(String resource) {
        try (InputStream in = KnownSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource missing from the jar: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }
}
