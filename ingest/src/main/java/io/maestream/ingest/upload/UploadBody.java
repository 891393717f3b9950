package io.maestream.ingest.upload;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The images in an upload; what is too large is refused by its head, before it is read. */
final class UploadBody {

    private final Headers head;
    private final int maxBodyBytes;
    private final int maxImageBytes;

    UploadBody(Headers head, int maxBodyBytes, int maxImageBytes) {
        this.head = head;
        this.maxBodyBytes = maxBodyBytes;
        this.maxImageBytes = maxImageBytes;
    }

    /**
     * Bytes that the upload may have: as it says, or the limit if it does not say.
     *
     * @throws RefusedException if its head alone rules it out
     */
    long size() throws RefusedException {
        requireType();
        long limit = limit();
        String length = head.getFirst("Content-Length");
        if (length == null) {
            return limit;
        }
        long declared = parse(length);
        if (declared > limit) {
            throw tooLarge(declared);
        }
        return declared;
    }

    /** Reads it, one byte over the limit at most. */
    List<byte[]> read(HttpExchange exchange) throws IOException, RefusedException {
        byte[] body = exchange.getRequestBody().readNBytes(limit() + 1);
        if (body.length > limit()) {
            throw tooLarge(-1);
        }
        Optional<String> boundary = Multipart.boundary(type());
        List<byte[]> images =
                boundary.isPresent() ? Multipart.parts(body, boundary.get()) : List.of(body);
        if (images.isEmpty() || images.stream().anyMatch(image -> image.length == 0)) {
            throw RefusedException.badRequest("there is no image in it");
        }
        for (byte[] image : images) {
            if (image.length > maxImageBytes) {
                throw RefusedException.tooLarge(image.length, maxImageBytes, "an image's limit");
            }
            if (!ImageType.isKnown(image)) {
                throw RefusedException.unsupported("the bytes are no image of a known format");
            }
        }
        return images;
    }

    private int limit() {
        return Multipart.boundary(type()).isPresent()
                ? maxBodyBytes
                : Math.min(maxBodyBytes, maxImageBytes);
    }

    private RefusedException tooLarge(long size) {
        return RefusedException.tooLarge(size, limit(), "the limit");
    }

    private void requireType() throws RefusedException {
        String type = type();
        boolean isImage = type.startsWith("image/") || type.startsWith("application/octet-stream");
        if (!isImage && Multipart.boundary(type).isEmpty()) {
            throw RefusedException.unsupported(
                    type.isEmpty() ? "there is no Content-Type" : "it is no image by its type");
        }
    }

    private String type() {
        String type = head.getFirst("Content-Type");
        if (type == null) {
            return "";
        }
        // The boundary keeps its case; the rest does not matter.
        int parameters = type.indexOf(';');
        return parameters < 0
                ? type.strip().toLowerCase(Locale.ROOT)
                : type.substring(0, parameters).strip().toLowerCase(Locale.ROOT)
                        + type.substring(parameters);
    }

    private static long parse(String length) throws RefusedException {
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            throw RefusedException.badRequest("Content-Length is no number");
        }
    }
}
