package io.maestream.ingest.upload;

/** An upload is not taken: the status and the reason for the answer. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    RefusedException(int status, String error, String detail) {
        super(detail);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    /** A word for programs. */
    String error() {
        return error;
    }

    static RefusedException badRequest(String detail) {
        return new RefusedException(400, "bad_request", detail);
    }

    static RefusedException unauthorized() {
        return new RefusedException(
                401, "unauthorized", "show the token: Authorization: Bearer TOKEN");
    }

    static RefusedException tooLarge(long size, long limit, String key) {
        return new RefusedException(
                413,
                "too_large",
                "%s bytes are too many; %s is %d"
                        .formatted(size < 0 ? "so many" : size, key, limit));
    }

    static RefusedException unsupported(String detail) {
        return new RefusedException(
                415,
                "unsupported_media_type",
                detail + "; send a JPEG, PNG, WebP, BMP, GIF or TIFF, or multipart/form-data");
    }

    static RefusedException busy(String detail) {
        return new RefusedException(429, "busy", detail + "; try again a little later");
    }

    static RefusedException unavailable(String detail) {
        return new RefusedException(503, "unavailable", detail);
    }
}
