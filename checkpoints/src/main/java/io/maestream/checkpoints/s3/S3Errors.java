package io.maestream.checkpoints.s3;

import io.maestream.checkpoints.StoreRefusedException;
import io.maestream.checkpoints.StoreUnreachableException;
import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says of the SDK's exceptions whether settings are wrong or the service is away. */
final class S3Errors {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final S3Location place;
    private final String group;

    /**
     * @param group what the keys to name begin with
     */
    S3Errors(S3Location place, String group) {
        this.place = place;
        this.group = group;
    }

    /** Something that the store is asked for. */
    @FunctionalInterface
    interface Call<T> {
        T get() throws IOException;
    }

    /** The same without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    void run(String what, Action action) throws IOException {
        call(
                what,
                () -> {
                    action.run();
                    return null;
                });
    }

    <T> T call(String what, Call<T> call) throws IOException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw translated(what, e);
        }
    }

    private IOException translated(String what, SdkException e) {
        if (e instanceof S3Exception answer) {
            String code =
                    answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
            if (answer.statusCode() == UNAUTHORIZED || answer.statusCode() == FORBIDDEN) {
                return new StoreRefusedException(
                        "%s refuses us (%d %s, asked to %s): check %s.s3.access.key, %s.s3.secret.key and the rights on the bucket"
                                .formatted(place, answer.statusCode(), code, what, group, group),
                        e);
            }
            if (e instanceof NoSuchBucketException || answer.statusCode() == NOT_FOUND) {
                return new StoreRefusedException(
                        "there is no bucket %s (%s): create it, or correct %s.dir"
                                .formatted(place.bucket(), code, group),
                        e);
            }
            return new StoreUnreachableException(
                    "%s answers %d %s, asked to %s"
                            .formatted(place, answer.statusCode(), code, what),
                    e);
        }
        if (String.valueOf(e.getMessage()).contains("credentials")) {
            return new StoreRefusedException(
                    "no credentials for %s: set %s.s3.access.key and %s.s3.secret.key, or what the SDK's default chain reads"
                            .formatted(place, group, group),
                    e);
        }
        return new StoreUnreachableException(
                "%s cannot be reached to %s: %s".formatted(place, what, e.getMessage()), e);
    }
}
