package io.maestream.trainer.checkpoint;

import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.NextOffset;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.CloudEventHeaders;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The one place that owns the transaction: the event, the latest pointer and the consumer's offsets
 * become visible together or not at all. It is open only while it commits; the files lie in the
 * store before that.
 */
public final class CheckpointTransaction implements AutoCloseable {

    private final Producer<String, CheckpointCommitted> producer;

    /**
     * @param producer a transactional one, not yet initialised
     */
    public CheckpointTransaction(Producer<String, CheckpointCommitted> producer) {
        this.producer = producer;
    }

    /** Fences any trainer before this one and aborts what it left open. */
    public void takeOver() {
        producer.initTransactions();
    }

    /**
     * Commits.
     *
     * @throws FencedException if another trainer has taken over; nothing was published
     * @throws KafkaException if the broker did not accept it; the transaction is aborted
     */
    public void commit(CheckpointCommitted event, ConsumerGroupMetadata group) {
        try {
            producer.beginTransaction();
            producer.send(event(Topics.CHECKPOINTS, event));
            producer.send(event(Topics.CHECKPOINTS_LATEST, event));
            producer.sendOffsetsToTransaction(offsets(event), group);
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new FencedException(event.getRunId(), e);
        } catch (KafkaException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    @Override
    public void close() {
        producer.close();
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
