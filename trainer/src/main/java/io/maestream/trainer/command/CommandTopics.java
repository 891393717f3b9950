package io.maestream.trainer.command;

import io.maestream.schemas.CheckpointRequested;
import io.maestream.schemas.TrainerCommand;
import io.maestream.schemas.client.KafkaClients;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests from {@code training.commands} and {@code checkpoint.requests}, from where their ends
 * are when it is opened: what was sent before was meant for another term. A record that cannot be
 * read is logged and passed over, and so is a broker that does not let commands be read: no command
 * is worth a run.
 */
public final class CommandTopics implements Requests {

    private static final Logger LOG = LoggerFactory.getLogger(CommandTopics.class);
    private static final List<String> TOPICS =
            List.of(Topics.TRAINING_COMMANDS, Topics.CHECKPOINT_REQUESTS);

    /** Steps may be a few milliseconds long; a command can wait for this. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final Consumer<String, byte[]> consumer;
    private final Deserializer<TrainerCommand> commands;
    private final Deserializer<CheckpointRequested> requests;
    private boolean readable;
    private long nextLook = System.nanoTime();

    /** Stands at the topics' ends. */
    public CommandTopics(KafkaClients clients) {
        this.consumer = clients.consumer(new ByteArrayDeserializer(), Map.of());
        this.commands = clients.reader(AvroSerde.deserializer(TrainerCommand.class));
        this.requests = clients.reader(AvroSerde.deserializer(CheckpointRequested.class));
        this.readable = standAtEnd();
    }

    @Override
    public List<Request> poll(Duration patience) {
        long now = System.nanoTime();
        if (!readable || (patience.isZero() && now - nextLook < 0)) {
            return List.of();
        }
        nextLook = now + LOOK_EVERY.toNanos();
        List<Request> read = new ArrayList<>();
        try {
            consumer.poll(patience).forEach(received -> request(received).ifPresent(read::add));
        } catch (KafkaException e) {
            LOG.warn("commands cannot be read, looking again in 30 s: {}", e.getMessage());
            nextLook = now + AFTER_FAILURE.toNanos();
        }
        return read;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean standAtEnd() {
        try {
            List<TopicPartition> partitions = TOPICS.stream().flatMap(this::partitions).toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // Seeking is lazy: without asking, what is sent before the first poll is lost.
            partitions.forEach(consumer::position);
            return !partitions.isEmpty();
        } catch (KafkaException e) {
            LOG.warn("this term obeys no commands, they cannot be read: {}", e.getMessage());
            return false;
        }
    }

    private Stream<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            LOG.warn("topic {} does not exist: nothing is obeyed from there", topic);
            return Stream.empty();
        }
        return found.stream().map(info -> new TopicPartition(topic, info.partition()));
    }

    private Optional<Request> request(ConsumerRecord<String, byte[]> received) {
        if (received.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    received.topic().equals(Topics.TRAINING_COMMANDS)
                            ? Request.of(commands.deserialize(received.topic(), received.value()))
                            : Request.of(requests.deserialize(received.topic(), received.value())));
        } catch (KafkaException e) {
            LOG.warn(
                    "passed over an unreadable record: {}-{} offset {}: {}",
                    received.topic(),
                    received.partition(),
                    received.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
