package io.maestream.schemas.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/**
 * Decides whether a thread that failed is replaced. What cannot pass by itself is fatal at once;
 * anything else is when it comes too often.
 */
final class ThreadFailurePolicy {

    private static final int MAX_FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Deque<Instant> failures = new ArrayDeque<>();

    /** Whether this failure, at this time, ends the service. */
    synchronized boolean isFatal(Throwable failure, Instant now) {
        failures.addLast(now);
        while (failures.peekFirst().isBefore(now.minus(WINDOW))) {
            failures.removeFirst();
        }
        return failures.size() > MAX_FAILURES
                || Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                        .anyMatch(ThreadFailurePolicy::cannotPass);
    }

    private static boolean cannotPass(Throwable cause) {
        return cause instanceof Error
                || cause instanceof MissingSourceTopicException
                || cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof UnsupportedVersionException
                || cause instanceof ConfigException;
    }
}
