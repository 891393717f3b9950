package io.maestream.checkpoints.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prefix in a bucket: {@code s3://bucket/prefix}.
 *
 * @param bucket its name
 * @param prefix empty, or ends in a slash
 */
public record S3Location(String bucket, String prefix) {

    private static final String SCHEME = "s3://";
    private static final Pattern TEXT =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9_=.-]+)*)/?");

    /** Whether a location is meant for an object store. */
    public static boolean isOne(String location) {
        return location.startsWith(SCHEME);
    }

    /**
     * @throws IllegalArgumentException if it does not read so
     */
    public static S3Location parse(String location) {
        Matcher matcher = TEXT.matcher(location);
        if (!matcher.matches() || (matcher.group(2) + "/").matches(".*/\\.{1,2}/.*")) {
            throw new IllegalArgumentException(
                    "'%s' is no object store's location: write s3://BUCKET/PREFIX"
                            .formatted(location));
        }
        String path = matcher.group(2);
        return new S3Location(matcher.group(1), path.isEmpty() ? "" : path.substring(1) + "/");
    }

    String key(String relative) {
        return prefix + relative;
    }

    String relative(String key) {
        return key.substring(prefix.length());
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + prefix;
    }
}
