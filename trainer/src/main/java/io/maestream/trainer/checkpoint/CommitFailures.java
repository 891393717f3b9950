package io.maestream.trainer.checkpoint;

import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/** Decides what a failed commit means. */
final class CommitFailures {

    private CommitFailures() {}

    /**
     * Somebody else has the transactional id now. The coordinator that gives a transaction up after
     * transaction.timeout.ms, or forgets an id, answers the same.
     */
    static boolean isFenced(Throwable failure) {
        return causes(failure)
                .anyMatch(
                        cause ->
                                cause instanceof ProducerFencedException
                                        || cause instanceof InvalidProducerEpochException
                                        || cause instanceof InvalidPidMappingException);
    }

    /** The group was changing, or a broker was away: another try can succeed. */
    static boolean isTransient(Throwable failure) {
        return causes(failure)
                .anyMatch(
                        cause ->
                                cause instanceof RetriableException
                                        || cause instanceof CommitFailedException
                                        || cause instanceof TransactionAbortableException);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
