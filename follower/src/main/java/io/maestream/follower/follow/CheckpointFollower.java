package io.maestream.follower.follow;

import io.maestream.checkpoints.StoreUnreachableException;
import io.maestream.checkpoints.safetensors.SafetensorsException;
import io.maestream.follower.EncoderResolver;
import io.maestream.follower.RefusedCheckpointException;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Scores the checkpoints of a run as their events are committed, each once, in order. Killed at any
 * moment and started again, it goes on where it was. What cannot be trusted is passed over; while
 * the store does not answer, it waits.
 *
 * <p>One thread runs it; {@link #stop()} may be called from any other.
 */
public final class CheckpointFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);

    private final FollowSettings settings;
    private final EncoderResolver resolver;
    private final CheckpointScorer scorer;
    private final FollowObserver observer;
    private final EventCursor cursor;
    private final ScoreTransaction transaction;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final RetryPause pause;
    private final Clock clock;

    /**
     * What a follower talks to Kafka with; it closes them.
     *
     * @param consumer read_committed, of the group that the settings name
     * @param producers make transactional ones, with the id that the settings name
     */
    public record Clients(
            Consumer<String, CheckpointCommitted> consumer,
            Supplier<Producer<String, CheckpointEvaluated>> producers) {}

    /** A follower that has not begun. */
    public CheckpointFollower(
            FollowSettings settings,
            EncoderResolver resolver,
            CheckpointScorer scorer,
            Clients clients,
            FollowObserver observer) {
        this(
                settings,
                new Judge(resolver, scorer),
                clients,
                observer,
                new Times(RetryPause.USUAL, Clock.systemUTC()));
    }

    /** What judges an event. */
    record Judge(EncoderResolver resolver, CheckpointScorer scorer) {}

    /** How time passes. */
    record Times(RetryPause pause, Clock clock) {}

    CheckpointFollower(
            FollowSettings settings,
            Judge judge,
            Clients clients,
            FollowObserver observer,
            Times times) {
        this.settings = settings;
        this.resolver = judge.resolver();
        this.scorer = judge.scorer();
        this.observer = observer;
        this.cursor = new EventCursor(clients.consumer(), Topics.CHECKPOINTS, observer);
        this.transaction = new ScoreTransaction(clients.producers());
        this.pause = times.pause();
        this.clock = times.clock();
    }

    /**
     * Follows until stopped, or, if asked to, until all events are scored that were there at the
     * start.
     *
     * @throws IOException if the store does not let us in, or the images cannot be read
     */
    public void run(boolean untilPresent) throws IOException, InterruptedException {
        try {
            // Only once nobody else can commit does the group's place stand still.
            transaction.takeOver();
            cursor.start();
            while (!isStopped() && !(untilPresent && cursor.isPastStart())) {
                Optional<CheckpointCommitted> event = next();
                if (event.isPresent()) {
                    handle(event.get());
                }
            }
        } catch (WakeupException e) {
            if (!isStopped()) {
                throw e;
            }
        }
    }

    /** Makes {@link #run} return soon; what is being scored is scored again next time. */
    public void stop() {
        stopped.countDown();
        cursor.wakeup();
    }

    /** Whether {@link #stop()} was called. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    @Override
    public void close() {
        cursor.close();
        transaction.close();
    }

    /** The next event to score, or the newest of those that wait. */
    private Optional<CheckpointCommitted> next() {
        Optional<CheckpointCommitted> found = cursor.next(POLL).filter(settings::wants);
        while (settings.newestOnly() && found.isPresent() && !isStopped() && !cursor.isAtEnd()) {
            Optional<CheckpointCommitted> newer = cursor.next(POLL).filter(settings::wants);
            if (newer.isPresent()) {
                observer.superseded(found.get());
                found = newer;
            }
        }
        return found;
    }

    private void handle(CheckpointCommitted event) throws IOException, InterruptedException {
        for (int failures = 1; !isStopped(); failures++) {
            try {
                judge(event);
                return;
            } catch (StoreUnreachableException e) {
                waitAfter(failures, event, e);
            } catch (CancellationException e) {
                // Only a stop cancels.
                return;
            }
        }
    }

    private void judge(CheckpointCommitted event) throws IOException, InterruptedException {
        Instant begun = clock.instant();
        try {
            Map<String, Double> scores = scorer.score(resolver.resolve(event));
            CheckpointEvaluated score = score(event, scores);
            if (commit(event, Optional.of(score))) {
                observer.evaluated(event, score, Duration.between(begun, clock.instant()));
            }
        } catch (RefusedCheckpointException | SafetensorsException e) {
            refuse(event, e.getMessage());
        } catch (NoSuchFileException e) {
            refuse(event, "%s is gone; retention may have taken it".formatted(e.getMessage()));
        }
    }

    private void refuse(CheckpointCommitted event, String reason) throws InterruptedException {
        observer.refused(event, reason);
        commit(event, Optional.empty());
    }

    /** False if it did not succeed before somebody stopped it. */
    private boolean commit(CheckpointCommitted event, Optional<CheckpointEvaluated> score)
            throws InterruptedException {
        int failures = 0;
        do {
            try {
                transaction.commit(score, cursor.passed(), cursor.group());
                return true;
            } catch (NotCommittedException e) {
                waitAfter(++failures, event, e);
            }
        } while (!isStopped());
        return false;
    }

    private void waitAfter(int failures, CheckpointCommitted event, Exception failure)
            throws InterruptedException {
        Duration next = pause.after(failures);
        observer.late(event, failure.getMessage(), next);
        stopped.await(next.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CheckpointEvaluated score(CheckpointCommitted event, Map<String, Double> scores) {
        return CheckpointEvaluated.newBuilder()
                .setCheckpointId(event.getCheckpointId())
                .setRunId(event.getRunId())
                .setEvaluator(settings.evaluator())
                .setEvaluatedAt(clock.instant())
                .setScores(scores)
                .build();
    }
}
