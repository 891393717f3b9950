package io.maestream.trainer.checkpoint;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.NextOffset;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.CloudEventHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that owns the transaction: the event, the latest pointer and the consumer's offsets
 * become visible together or not at all. It is open only while it commits; the files lie in the
 * store before that. A release is an event alone: the run goes on from its parent.
 */
public final class CheckpointTransaction implements AutoCloseable {

    /** Long enough for an answer that is on its way, short enough for a stop. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointTransaction.class);

    private final Producer<String, CheckpointCommitted> producer;
    private final Consumer<CheckpointCommitted> beforeEnd;

    /**
     * @param producer a transactional one, not yet initialised
     */
    public CheckpointTransaction(Producer<String, CheckpointCommitted> producer) {
        this(producer, event -> {});
    }

    /**
     * @param beforeEnd told in the open transaction, when only its end is missing
     */
    public CheckpointTransaction(
            Producer<String, CheckpointCommitted> producer,
            Consumer<CheckpointCommitted> beforeEnd) {
        this.producer = producer;
        this.beforeEnd = beforeEnd;
    }

    /** Fences any trainer before this one and aborts what it left open. */
    public void takeOver() {
        producer.initTransactions();
    }

    /**
     * Commits; while no broker answers it goes on asking for the outcome.
     *
     * @throws FencedException if another trainer has taken over, or the coordinator gave the
     *     transaction up; the producer is of no use any more
     * @throws NotCommittedException if the group or the broker did not take it now; it is aborted
     * @throws KafkaException if trying again would not help
     */
    public void commit(CheckpointCommitted event, ConsumerGroupMetadata group) {
        try {
            producer.beginTransaction();
            producer.send(event(Topics.CHECKPOINTS, event));
            if (!Releases.isRelease(event)) {
                producer.send(event(Topics.CHECKPOINTS_LATEST, event));
                producer.sendOffsetsToTransaction(offsets(event), group);
            }
            producer.flush();
            beforeEnd.accept(event);
            untilAnswered(producer::commitTransaction);
        } catch (KafkaException e) {
            throw failure(event.getRunId(), e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_PATIENCE);
    }

    private RuntimeException failure(String runId, KafkaException failure) {
        if (CommitFailures.isFenced(failure)) {
            return new FencedException(runId, failure);
        }
        try {
            untilAnswered(producer::abortTransaction);
        } catch (KafkaException e) {
            e.addSuppressed(failure);
            return CommitFailures.isFenced(e) ? new FencedException(runId, e) : e;
        }
        return CommitFailures.isTransient(failure) ? new NotCommittedException(failure) : failure;
    }

    /** A call that ended a transaction and timed out must be made again, and no other. */
    private static void untilAnswered(Runnable end) {
        boolean answered = false;
        while (!answered) {
            try {
                end.run();
                answered = true;
            } catch (TimeoutException e) {
                LOG.atWarn().setCause(e).log("no broker answers the commit of a checkpoint yet");
            }
        }
    }

    private static ProducerRecord<String, CheckpointCommitted> event(
            String topic, CheckpointCommitted event) {
        ProducerRecord<String, CheckpointCommitted> message =
                new ProducerRecord<>(topic, event.getRunId(), event);
        CloudEventHeaders.add(
                message.headers(),
                event.getCheckpointId(),
                "io.maestream.checkpoint.committed",
                "/maestream/runs/" + event.getRunId(),
                event.getCommittedAt());
        return message;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(CheckpointCommitted event) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (NextOffset next : event.getNextOffsets()) {
            offsets.put(
                    new TopicPartition(next.getTopic(), next.getPartition()),
                    new OffsetAndMetadata(next.getOffset(), event.getCheckpointId()));
        }
        return offsets;
    }
}
