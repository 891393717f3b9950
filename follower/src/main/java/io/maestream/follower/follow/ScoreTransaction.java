package io.maestream.follower.follow;

import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.CloudEventHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * The one transaction of a follower: a score, if there is one, and the place in the log behind the
 * event that it is of.
 */
final class ScoreTransaction implements AutoCloseable {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** Beyond this many unanswered ends of a transaction a restart helps more than another try. */
    private static final int MOST_ENDS = 10;

    private final Supplier<Producer<String, CheckpointEvaluated>> producers;
    private Producer<String, CheckpointEvaluated> producer;

    /**
     * @param producers make transactional ones, not yet initialised
     */
    ScoreTransaction(Supplier<Producer<String, CheckpointEvaluated>> producers) {
        this.producers = producers;
        this.producer = producers.get();
    }

    /** Fences any follower of this name before this one and ends what it left open. */
    void takeOver() {
        producer.initTransactions();
    }

    /**
     * Commits both or neither.
     *
     * @throws NotCommittedException if it was aborted, and another try can succeed
     * @throws KafkaException if not; of a fenced follower too
     */
    void commit(
            Optional<CheckpointEvaluated> score,
            Map<TopicPartition, OffsetAndMetadata> passed,
            ConsumerGroupMetadata group)
            throws NotCommittedException {
        try {
            producer.beginTransaction();
            score.map(ScoreTransaction::event).ifPresent(producer::send);
            producer.sendOffsetsToTransaction(passed, group);
            producer.flush();
            untilAnswered(producer::commitTransaction);
        } catch (KafkaException e) {
            if (isCausedBy(e, InvalidPidMappingException.class)) {
                renew();
            } else if (isTransient(e)) {
                untilAnswered(producer::abortTransaction);
            } else {
                throw e;
            }
            throw new NotCommittedException(e);
        }
    }

    /** Brokers forget a transactional id that was not used for days; nobody has taken it over. */
    private void renew() {
        producer.close(CLOSE_PATIENCE);
        producer = producers.get();
        takeOver();
    }

    @Override
    public void close() {
        producer.close(CLOSE_PATIENCE);
    }

    /** A call that ends a transaction and timed out must be made again, and no other. */
    private static void untilAnswered(Runnable end) {
        for (int tries = 1; ; tries++) {
            try {
                end.run();
                return;
            } catch (TimeoutException e) {
                if (tries == MOST_ENDS) {
                    throw new KafkaException("no broker answers the end of a transaction", e);
                }
            }
        }
    }

    private static boolean isTransient(Throwable failure) {
        return isCausedBy(failure, RetriableException.class)
                || isCausedBy(failure, TransactionAbortableException.class);
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(type::isInstance);
    }

    private static ProducerRecord<String, CheckpointEvaluated> event(CheckpointEvaluated score) {
        ProducerRecord<String, CheckpointEvaluated> message =
                new ProducerRecord<>(Topics.CHECKPOINTS_EVALUATED, score.getRunId(), score);
        CloudEventHeaders.add(
                message.headers(),
                score.getEvaluator() + "/" + score.getCheckpointId(),
                "io.maestream.checkpoint.evaluated",
                "/maestream/followers/" + score.getEvaluator(),
                score.getEvaluatedAt());
        return message;
    }
}
