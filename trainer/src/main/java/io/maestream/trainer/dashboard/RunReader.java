package io.maestream.trainer.dashboard;

import io.maestream.schemas.client.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a run's topics for the page, and asks the brokers who trains it, on a thread of its own. It
 * joins no group and commits nothing. A broker that is away is waited for.
 */
final class RunReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunReader.class);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long NANOS_BETWEEN_QUESTIONS = 2_000_000_000L;

    private final KafkaClients clients;
    private final RunTopics topics;
    private final RunFacts facts;
    private final GroupQuestion question;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "dashboard-topics");
    private long asked = System.nanoTime() - NANOS_BETWEEN_QUESTIONS;

    RunReader(KafkaClients clients, String runId, RunFacts facts) {
        this.clients = clients;
        this.facts = facts;
        this.topics = new RunTopics(clients, runId, facts);
        this.question = new GroupQuestion(runId, PATIENCE);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** It ends at its next look; nothing waits for that. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        while (!isClosed(Duration.ZERO)) {
            try {
                session();
            } catch (InterruptException e) {
                closed.countDown();
            } catch (KafkaException e) {
                LOG.atDebug().setCause(e).log("the page's topics cannot be read; trying again");
                isClosed(PATIENCE);
            }
        }
    }

    private void session() {
        try (Admin admin = clients.admin()) {
            ask(admin);
            try (Consumer<String, byte[]> consumer =
                    clients.consumer(
                            new ByteArrayDeserializer(),
                            Map.of(
                                    ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                    (int) PATIENCE.toMillis(),
                                    ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                    (int) PATIENCE.toMillis()))) {
                Map<TopicPartition, Long> ends = standAtTails(consumer);
                topics.beginPast();
                while (!isClosed(Duration.ZERO) && isBefore(consumer, ends)) {
                    look(consumer, admin);
                }
                topics.endOfPast();
                while (!isClosed(Duration.ZERO)) {
                    look(consumer, admin);
                }
            }
        }
    }

    private void look(Consumer<String, byte[]> consumer, Admin admin) {
        consumer.poll(POLL).forEach(topics::read);
        if (System.nanoTime() - asked >= NANOS_BETWEEN_QUESTIONS) {
            ask(admin);
        }
    }

    private void ask(Admin admin) {
        GroupQuestion.Answer answer = question.ask(admin);
        facts.brokersAnswer(answer.answered());
        answer.group().ifPresent(facts::members);
        asked = System.nanoTime();
    }

    /** Topics that do not exist, or that this client may not read, are left out. */
    private static Map<TopicPartition, Long> standAtTails(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        RunTopics.TAILS.keySet().forEach(topic -> partitions.addAll(partitions(consumer, topic)));
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        for (TopicPartition partition : partitions) {
            long from = ends.get(partition) - RunTopics.TAILS.get(partition.topic());
            consumer.seek(partition, Math.max(from, begins.get(partition)));
        }
        return ends;
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            return found == null
                    ? List.of()
                    : found.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        } catch (org.apache.kafka.common.errors.UnknownTopicOrPartitionException
                | org.apache.kafka.common.errors.AuthorizationException e) {
            LOG.info("the page shows nothing of topic {}: {}", topic, e.getMessage());
            return List.of();
        }
    }

    private static boolean isBefore(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> assigned = consumer.assignment();
        return assigned.stream().anyMatch(p -> consumer.position(p) < ends.get(p));
    }

    private boolean isClosed(Duration patience) {
        try {
            return closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed.countDown();
            return true;
        }
    }
}
