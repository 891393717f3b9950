package io.maestream.ingest.source;

import java.util.Locale;
import java.util.Set;

/** Which names are those of images that preparation reads. */
public final class ImageNames {

    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");

    private ImageNames() {}

    /** Whether a file or entry is an image, by its extension. */
    public static boolean isImage(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(extension);
    }
}
