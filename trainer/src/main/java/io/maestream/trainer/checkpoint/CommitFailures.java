package io.maestream.trainer.checkpoint;

import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/** Decides what a failed commit means. */
final class CommitFailures {

    private CommitFailures() {}

    /**
     * This producer can commit nothing any more: another one has its transactional id now, or the
     * coordinator gave its transaction up after transaction.timeout.ms, or has forgotten the id.
     * From the answers alone these cannot be told apart for sure; the group can tell.
     */
    static boolean isFenced(Throwable failure) {
        return causes(failure)
                .anyMatch(
                        cause ->
                                cause instanceof ProducerFencedException
                                        || cause instanceof InvalidProducerEpochException
                                        || cause instanceof InvalidPidMappingException
                                        || cause instanceof InvalidTxnStateException);
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
