package io.maestream.checkpoints.s3;

import java.time.Duration;
import java.util.Optional;

/**
 * How an S3-compatible object store is reached.
 *
 * @param endpoint URL of the service, or nothing for Amazon's own
 * @param region or nothing for what the SDK's default chain finds
 * @param pathStyle whether the bucket is part of the path, as most other servers want it
 * @param keys or nothing for the SDK's default chain (variables, profile, instance role)
 * @param patience with one attempt
 * @param attempts until a failure is told
 * @param group what the configuration's keys begin with, for messages that name them
 */
public record S3Settings(
        Optional<String> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Optional<Keys> keys,
        Duration patience,
        int attempts,
        String group) {

    private static final int ATTEMPTS = 6;
    private static final String GROUP = "checkpoint";

    /** For checkpoints: with several attempts. */
    public S3Settings(
            Optional<String> endpoint,
            Optional<String> region,
            boolean pathStyle,
            Optional<Keys> keys,
            Duration patience) {
        this(endpoint, region, pathStyle, keys, patience, ATTEMPTS, GROUP);
    }

    /** A pair of keys; the secret one is never shown. */
    public record Keys(String access, String secret) {
        @Override
        public String toString() {
            return "Keys[access=" + access + ", secret=[hidden]]";
        }
    }
}
