package io.maestream.follower.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maestream.checkpoints.FileSystemStore;
import io.maestream.follower.EncoderResolver;
import io.maestream.follower.Fixture;
import io.maestream.follower.VerifiedEncoder;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.TriggerKind;
import io.maestream.schemas.topic.Topics;
import io.maestream.schemas.wire.AvroSerde;
import io.maestream.schemas.wire.CloudEventHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFollowerTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.CHECKPOINTS, 0);
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path root;
    private Path directory;
    private FileSystemStore store;
    private final RecordingObserver observer = new RecordingObserver();
    private final List<CheckpointCommitted> log = new ArrayList<>();
    private final List<Long> scored = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> before = new HashMap<>();
    private final MockConsumer<String, CheckpointCommitted> consumer =
            new MockConsumer<>("earliest") {
                /** The mock forgets what was committed when partitions are assigned. */
                @Override
                public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                        Set<TopicPartition> partitions) {
                    return before;
                }
            };
    private final MockProducer<String, CheckpointEvaluated> producer = producer();
    private final MockProducer<String, CheckpointEvaluated> second = producer();
    private final Deque<MockProducer<String, CheckpointEvaluated>> producers =
            new ArrayDeque<>(List.of(producer, second));

    @BeforeEach
    void store() {
        directory = root.resolve("store");
        store = new FileSystemStore(directory);
    }

    @Test
    void shouldCommitEachScoreWithThePlaceBehindItsEvent() throws Exception {
        // Given two checkpoints
        given(publish(1), publish(2));

        // When
        follow(settings(false, false), this::score);

        // Then
        assertThat(observer.lines).containsExactly("evaluated 1", "evaluated 2");
        assertThat(producer.history())
                .extracting(record -> record.value().getCheckpointId())
                .containsExactly(Fixture.id(1), Fixture.id(2));
        assertThat(committed()).containsExactly(1L, 2L);
        assertThat(producer.commitCount()).isEqualTo(2);
        CheckpointEvaluated first = producer.history().get(0).value();
        assertThat(first.getScores()).containsEntry("knn.mean", 0.25);
        assertThat(first.getEvaluator()).isEqualTo("images");
        assertThat(first.getEvaluatedAt()).isEqualTo(NOW);
        assertThat(producer.history().get(0).key()).isEqualTo(Fixture.RUN);
        assertThat(
                        CloudEventHeaders.text(
                                producer.history().get(0).headers(), CloudEventHeaders.TYPE))
                .isEqualTo("io.maestream.checkpoint.evaluated");
    }

    @Test
    void shouldGoOnBehindTheLastCommittedPlace() throws Exception {
        given(publish(1), publish(2), publish(3));
        before.put(PARTITION, new OffsetAndMetadata(2));

        follow(settings(false, false), this::score);

        assertThat(scored).containsExactly(3L);
    }

    @Test
    void shouldPassOverADamagedCheckpointForGoodAndSayWhy() throws Exception {
        // Given three, of which the second is damaged and the third was deleted
        given(publish(1), publish(2), publish(3), publish(4));
        Files.write(directory.resolve(Fixture.id(2) + "/encoder/model.safetensors"), new byte[4]);
        store.delete(Fixture.id(3));

        // When
        follow(settings(false, false), this::score);

        // Then their places are committed without a score
        assertThat(observer.lines)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("evaluated 1"),
                        line -> assertThat(line).startsWith("refused 2").contains("digest"),
                        line -> assertThat(line).startsWith("refused 3").contains("no checkpoint"),
                        line -> assertThat(line).isEqualTo("evaluated 4"));
        assertThat(committed()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void shouldWaitForAStoreThatIsAway() throws Exception {
        // Given a store that comes back while the follower waits for it
        given(publish(1));
        Path away = root.resolve("away");
        Files.move(directory, away);
        RecordingObserver returning =
                new RecordingObserver() {
                    @Override
                    public void late(CheckpointCommitted event, String reason, Duration next) {
                        super.late(event, reason, next);
                        if (lines.size() == 3) {
                            move(away, directory);
                        }
                    }
                };

        // When
        try (CheckpointFollower follower =
                follower(settings(false, false), this::score, returning)) {
            follower.run(true);
        }

        // Then it was tried again until it was there
        assertThat(returning.lines)
                .hasSize(4)
                .endsWith("evaluated 1")
                .startsWith("late 1: there is no directory " + directory);
        assertThat(committed()).containsExactly(1L);
    }

    @Test
    void shouldScoreReleasesOnlyIfAskedTo() throws Exception {
        given(
                publish(1),
                Fixture.publish(store, 2, TriggerKind.RELEASE),
                Fixture.event(9, TriggerKind.RELEASE).setRunId("other").build());

        follow(settings(true, false), this::score);

        assertThat(scored).containsExactly(2L);
        assertThat(observer.lines).containsExactly("evaluated 2");
    }

    @Test
    void shouldScoreOnlyTheNewestOfThoseThatWaitIfAskedTo() throws Exception {
        given(publish(1), publish(2), publish(3));

        follow(settings(false, true), this::score);

        assertThat(observer.lines).containsExactly("superseded 1", "superseded 2", "evaluated 3");
        assertThat(committed()).containsExactly(3L);
    }

    @Test
    void shouldTryAgainWhatTheBrokerDidNotTakeWithoutScoringAgain() throws Exception {
        given(publish(1));
        CheckpointScorer failingOnce =
                encoder -> {
                    producer.sendOffsetsToTransactionException =
                            new TransactionAbortableException("try again");
                    return score(encoder);
                };
        RecordingObserver recovering =
                new RecordingObserver() {
                    @Override
                    public void late(CheckpointCommitted event, String reason, Duration next) {
                        super.late(event, reason, next);
                        producer.sendOffsetsToTransactionException = null;
                    }
                };

        try (CheckpointFollower follower =
                follower(settings(false, false), failingOnce, recovering)) {
            follower.run(true);
        }

        assertThat(recovering.lines).containsExactly("late 1: try again", "evaluated 1");
        assertThat(scored).containsExactly(1L);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void shouldEndWhenAnotherFollowerOfItsNameHasTakenOver() throws Exception {
        given(publish(1));
        CheckpointScorer fenced =
                encoder -> {
                    producer.fenceProducer();
                    return score(encoder);
                };

        assertThatThrownBy(() -> follow(settings(false, false), fenced))
                .isInstanceOf(ProducerFencedException.class);
        assertThat(observer.lines).isEmpty();
    }

    @Test
    void shouldForgetNothingWhenItIsStoppedInTheMiddle() throws Exception {
        // Given a follower that is stopped while it scores, as Ctrl-C does
        given(publish(1), publish(2));
        List<CheckpointFollower> running = new ArrayList<>();
        CheckpointScorer stopping =
                encoder -> {
                    running.get(0).stop();
                    throw new CancellationException("stopped");
                };
        try (CheckpointFollower follower = follower(settings(false, false), stopping, observer)) {
            running.add(follower);

            // When
            follower.run(false);
        }

        // Then nothing of it was committed
        assertThat(producer.commitCount()).isZero();
        assertThat(observer.lines).isEmpty();
    }

    @Test
    void shouldSayThatTheTopicIsMissing() {
        assertThatThrownBy(() -> follow(settings(false, false), this::score))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining(Topics.CHECKPOINTS);
    }

    @Test
    void shouldNotGuessItsName() {
        assertThat(settings(false, false).group()).isEqualTo("maestream-follow-images-run");
        assertThatThrownBy(() -> new FollowSettings(" ", "images", false, false))
                .hasMessageContaining("name of a run");
    }

    @Test
    void shouldTakeANewProducerWhenTheBrokerHasForgottenTheFirst() throws Exception {
        // Given a follower that had nothing to commit for longer than brokers remember its id
        given(publish(1));
        producer.sendOffsetsToTransactionException = new InvalidPidMappingException("expired");

        // When
        follow(settings(false, false), this::score);

        // Then the score is committed by another one, and was computed once
        assertThat(observer.lines).containsExactly("late 1: expired", "evaluated 1");
        assertThat(scored).containsExactly(1L);
        assertThat(producer.closed()).isTrue();
        assertThat(producer.commitCount()).isZero();
        assertThat(second.history()).hasSize(1);
    }

    private static MockProducer<String, CheckpointEvaluated> producer() {
        return new MockProducer<>(
                true,
                null,
                new StringSerializer(),
                AvroSerde.serializer(CheckpointEvaluated.class));
    }

    private Map<String, Double> score(VerifiedEncoder encoder) {
        scored.add(encoder.step());
        return Map.of("knn.mean", 0.25);
    }

    private void follow(FollowSettings settings, CheckpointScorer scorer)
            throws IOException, InterruptedException {
        try (CheckpointFollower follower = follower(settings, scorer, observer)) {
            follower.run(true);
        }
    }

    private CheckpointFollower follower(
            FollowSettings settings, CheckpointScorer scorer, FollowObserver told) {
        return new CheckpointFollower(
                settings,
                new CheckpointFollower.Judge(new EncoderResolver(store), scorer),
                new CheckpointFollower.Clients(consumer, producers::remove),
                told,
                new CheckpointFollower.Times(
                        new RetryPause(Duration.ofMillis(1), Duration.ofMillis(2)),
                        Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private static FollowSettings settings(boolean releasesOnly, boolean newestOnly) {
        return new FollowSettings(Fixture.RUN, "images", releasesOnly, newestOnly);
    }

    private CheckpointCommitted publish(long step) throws IOException {
        return Fixture.publish(store, step, TriggerKind.TIME);
    }

    /** A log of these events; they are there once the partition is assigned. */
    private void given(CheckpointCommitted... events) {
        log.addAll(List.of(events));
        Node node = new Node(0, "localhost", 1);
        Node[] replicas = {node};
        consumer.updatePartitions(
                Topics.CHECKPOINTS,
                List.of(new PartitionInfo(Topics.CHECKPOINTS, 0, node, replicas, replicas)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) log.size()));
        consumer.schedulePollTask(
                () -> {
                    long from = consumer.position(PARTITION);
                    for (long offset = from; offset < log.size(); offset++) {
                        consumer.addRecord(
                                new ConsumerRecord<>(
                                        Topics.CHECKPOINTS,
                                        0,
                                        offset,
                                        Fixture.RUN,
                                        log.get((int) offset)));
                    }
                });
    }

    /** The places that were committed, one for each transaction. */
    private List<Long> committed() {
        return producer.consumerGroupOffsetsHistory().stream()
                .flatMap(groups -> groups.values().stream())
                .map(offsets -> offsets.get(PARTITION).offset())
                .toList();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
