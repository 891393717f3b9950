package io.maestream.app.status;

import io.maestream.app.tail.TopicTail;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.SourceStatus;
import io.maestream.schemas.StepMetrics;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the tails of the topics, and from then on what comes. One thread reads; {@link #stop()} may
 * be called from any other.
 */
public final class StatusReader implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    /** Newest records that are read of each partition of a topic. */
    private static final int STEPS = 2_000;

    private static final int OTHERS = 10_000;

    private final KafkaClients clients;
    private final Clock clock;
    private final StatusBoard board = new StatusBoard();
    private final List<Tail<?>> tails = new ArrayList<>();
    private final Admin admin;

    private record Tail<T extends SpecificRecord>(
            TopicTail<T> tail, Consumer<ConsumerRecord<String, T>> reader) {
        void read() {
            tail.readToEnd(reader);
        }
    }

    /**
     * Connects.
     *
     * @throws org.apache.kafka.common.KafkaException if a topic does not exist, or no broker
     *     answers
     */
    public StatusReader(KafkaClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
        this.admin = clients.admin();
        try {
            openTails();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openTails() {
        open(Topics.TRAINING_METRICS, StepMetrics.class, STEPS, values(board::add));
        open(Topics.CHECKPOINTS_LATEST, CheckpointCommitted.class, OTHERS, values(board::add));
        open(Topics.CHECKPOINTS_EVALUATED, CheckpointEvaluated.class, OTHERS, values(board::add));
        open(Topics.IMAGES_REJECTED, RejectedImage.class, StatusBoard.REJECTED, this::rejected);
        open(Topics.SOURCES_STATUS, SourceStatus.class, OTHERS, this::source);
    }

    private <T extends SpecificRecord> void open(
            String topic, Class<T> type, int newest, Consumer<ConsumerRecord<String, T>> reader) {
        var consumer =
                clients.consumer(
                        AvroSerde.deserializer(type),
                        Map.of(
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                PATIENCE_MILLIS,
                                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                PATIENCE_MILLIS));
        TopicTail<T> tail = new TopicTail<>(consumer, topic);
        tails.add(new Tail<>(tail, reader));
        tail.fromLast(newest);
    }

    /**
     * What there is now.
     *
     * @throws org.apache.kafka.common.KafkaException if the brokers do not answer
     * @throws org.apache.kafka.common.errors.WakeupException if it was stopped
     */
    public Status read() {
        tails.forEach(Tail::read);
        return board.at(clock.instant(), new TrainerGroups(admin).read());
    }

    /** Makes {@link #read()} return soon. */
    public void stop() {
        tails.forEach(tail -> tail.tail().stop());
    }

    @Override
    public void close() {
        tails.forEach(tail -> tail.tail().close());
        admin.close();
    }

    private static <T extends SpecificRecord> Consumer<ConsumerRecord<String, T>> values(
            Consumer<T> reader) {
        return record -> {
            if (record.value() != null) {
                reader.accept(record.value());
            }
        };
    }

    private void source(ConsumerRecord<String, SourceStatus> record) {
        if (record.value() != null) {
            board.add(record.value());
        } else if (record.key() != null) {
            board.removeSource(record.key());
        }
    }

    private void rejected(ConsumerRecord<String, RejectedImage> record) {
        if (record.value() != null) {
            board.add(record.value());
        }
    }
}
