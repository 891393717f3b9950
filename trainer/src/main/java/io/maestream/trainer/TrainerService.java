package io.maestream.trainer;

import io.maestream.mae.TrainStep;
import io.maestream.schemas.topic.Topics;
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
 * that term, and leaves cleanly. A term ends when training is stopped or when the group gives the
 * partitions to another trainer; then this one stands by again.
 */
public final class TrainerService {

    private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);

    private final TrainerParts parts;
    private final StopCondition stop;

    public TrainerService(TrainerParts parts) {
        this.parts = parts;
        this.stop = new StopCondition(parts.settings().run().maxSteps());
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

    /** One turn as the active trainer; false if it was lost to another one. */
    private boolean runTerm(Consumer<String, byte[]> consumer, Ownership ownership) {
        StandbyNotice notice = new StandbyNotice(parts.observer(), parts.settings().run().id());
        Set<TopicPartition> partitions = ownership.await(stop::isRequested, notice);
        if (partitions.isEmpty()) {
            return true;
        }
        try (TrainStep step = parts.openStep();
                Term term = new Term(parts, consumer, ownership)) {
            term.train(step, partitions, stop);
            return true;
        } catch (OwnershipLostException e) {
            LOG.warn(e.getMessage());
            return stop.isRequested();
        }
    }
}
