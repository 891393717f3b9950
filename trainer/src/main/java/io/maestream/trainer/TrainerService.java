package io.maestream.trainer;

import io.maestream.schemas.topic.Topics;
import io.maestream.trainer.checkpoint.FencedException;
import io.maestream.trainer.group.Ownership;
import io.maestream.trainer.group.OwnershipLostException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainer's life: joins the run's group, stands by until it is the active member, trains for
 * that term, and leaves cleanly. A term ends when training is stopped, or when the group or a
 * transaction suspects that another trainer is active; then the group is asked: if it has nobody
 * else, the next term begins, otherwise this trainer ends.
 */
public final class TrainerService {

    private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);

    private final TrainerParts parts;
    private final StopCondition stop;

    public TrainerService(TrainerParts parts) {
        this(parts, new StopCondition(parts.settings().run().maxSteps()));
    }

    /** The same, stopping when somebody else's condition says so. */
    public TrainerService(TrainerParts parts, StopCondition stop) {
        this.parts = parts;
        this.stop = stop;
    }

    /** Asks for a clean stop: the step ends, a checkpoint is committed, the group is left. */
    public void stop() {
        stop.request();
    }

    /**
     * Runs until stopped.
     *
     * @throws io.maestream.trainer.checkpoint.FencedException if another trainer took the run over
     * @throws io.maestream.trainer.checkpoint.UnrecoverableException if the run cannot go on
     */
    public void run() {
        try (Consumer<String, byte[]> consumer = parts.groupConsumer()) {
            Ownership ownership = new Ownership(consumer);
            consumer.subscribe(List.of(Topics.IMAGES_PREPARED), ownership);
            boolean finished = false;
            while (!finished) {
                finished = runTerm(consumer, ownership);
            }
        } finally {
            parts.close();
        }
    }

    /** One turn as the active trainer; false if there is to be another one. */
    private boolean runTerm(Consumer<String, byte[]> consumer, Ownership ownership) {
        try (Standby standby = new Standby(parts, ownership)) {
            Set<TopicPartition> partitions = ownership.await(stop::isRequested, standby);
            if (partitions.isEmpty()) {
                return true;
            }
            try (Term term = new Term(parts, consumer, ownership)) {
                term.train(standby, partitions, stop);
            }
            return true;
        } catch (OwnershipLostException | FencedException e) {
            LOG.warn(e.getMessage());
            return finishedAfter(ownership, e);
        }
    }

    /**
     * A trainer that slept too long learns here that another one is active. One that was only
     * suspected, or whose transaction took too long, is given its partitions again.
     */
    private boolean finishedAfter(Ownership ownership, RuntimeException loss) {
        if (ownership.confirm(stop::isRequested)) {
            LOG.warn("the group has nobody else: going on from the last committed checkpoint");
            return false;
        }
        if (stop.isRequested()) {
            return true;
        }
        throw new FencedException(parts.settings().run().id(), loss);
    }
}
