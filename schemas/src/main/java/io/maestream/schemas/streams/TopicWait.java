package io.maestream.schemas.streams;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Waits until brokers answer and topics exist, so that services may be started in any order. Tries
 * again after a growing, jittered pause; what waiting cannot mend is thrown at once.
 */
final class TopicWait {

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 3000;

    private final Supplier<Admin> admins;
    private final CountDownLatch cancelled;

    TopicWait(Supplier<Admin> admins, CountDownLatch cancelled) {
        this.admins = admins;
        this.cancelled = cancelled;
    }

    /**
     * @return false if it was cancelled meanwhile
     * @throws KafkaException if the time is over, or the brokers refuse
     */
    boolean await(Set<String> topics, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                describe(topics);
                return true;
            } catch (KafkaException e) {
                if (!canPass(e) || System.nanoTime() > deadline) {
                    throw new KafkaException(
                            "brokers or topics are not there (%s); create the topics first: %s"
                                    .formatted(String.join(", ", topics), e.getMessage()),
                            e);
                }
            }
            long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
            if (cancelled.await(jittered, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
    }

    private void describe(Set<String> topics) throws InterruptedException {
        try (Admin admin = admins.get()) {
            admin.describeTopics(topics).allTopicNames().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka
                    ? kafka
                    : new KafkaException(e.getCause());
        }
    }

    /**
     * A name that does not resolve yet is a configuration error to Kafka; to a container it passes.
     */
    private static boolean canPass(KafkaException e) {
        return e instanceof RetriableException
                || e.getCause() != null
                        && String.valueOf(e.getCause().getMessage()).contains("resolvable");
    }
}
