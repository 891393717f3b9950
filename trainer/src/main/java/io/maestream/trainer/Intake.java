package io.maestream.trainer;

import io.maestream.trainer.checkpoint.Boundary;
import io.maestream.trainer.checkpoint.Lineage;
import io.maestream.trainer.feed.ConsumerRecordSource;
import io.maestream.trainer.feed.Feed;
import io.maestream.trainer.feed.FeedState;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.PartitionId;
import io.maestream.trainer.feed.RecordRef;
import io.maestream.trainer.feed.Reread;
import io.maestream.trainer.feed.StartOffsets;
import io.maestream.trainer.group.HeldRecordSource;
import io.maestream.trainer.group.Membership;
import io.maestream.trainer.group.Ownership;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream as a term reads it: from any point of the run on, with what the feed remembered there
 * read again from the log.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final TrainerParts parts;
    private final Consumer<String, byte[]> consumer;
    private final Ownership ownership;
    private final Set<TopicPartition> partitions;

    Intake(
            TrainerParts parts,
            Consumer<String, byte[]> consumer,
            Ownership ownership,
            Set<TopicPartition> partitions) {
        this.parts = parts;
        this.consumer = consumer;
        this.ownership = ownership;
        this.partitions = partitions;
    }

    /**
     * A feed that stands at a point.
     *
     * @param feed what brings the batches from there on
     * @param start how far the run is there, with the feed as it could be opened
     * @param lineage of the next checkpoint
     */
    record Opened(Feed feed, Boundary start, Lineage lineage) {}

    Opened open(Point at) {
        FeedState state = at.boundary().feed();
        Reread reread = parts.reread(state);
        List<RecordRef> missing = reread.missing(state);
        StartOffsets start = seek(state);
        HeldRecordSource source =
                new HeldRecordSource(
                        new ConsumerRecordSource(
                                consumer, parts.settings().feed().lag(), parts.watcher()),
                        ownership);
        FeedState from = state.without(missing).at(start.offsets());
        return new Opened(
                parts.feeds().open(source, from, reread),
                new Boundary(at.boundary().progress(), from, at.boundary().loss()),
                lineage(at, start, missing));
    }

    /** The same in mid-term, as soon as a broker answers; nothing if {@code stop} comes first. */
    Optional<Opened> reopen(Point at, BooleanSupplier stop) {
        Membership group = Membership.of(consumer, ownership);
        while (!stop.getAsBoolean()) {
            group.keepAlive();
            try {
                return Optional.of(open(at));
            } catch (RetriableException e) {
                LOG.atWarn().setCause(e).log("no broker answers, going back to the plateau later");
            }
        }
        return Optional.empty();
    }

    /**
     * Sets the consumer to where a feed stood.
     *
     * @throws IllegalStateException if the feed has seen more than the log holds
     */
    StartOffsets seek(FeedState state) {
        StartOffsets start =
                StartOffsets.decide(
                        state.nextOffsets(),
                        byId(consumer.beginningOffsets(partitions)),
                        byId(consumer.endOffsets(partitions)));
        start.offsets()
                .forEach(
                        (id, offset) ->
                                consumer.seek(
                                        new TopicPartition(id.topic(), id.partition()), offset));
        consumer.resume(partitions);
        return start;
    }

    private Lineage lineage(Point at, StartOffsets start, List<RecordRef> missing) {
        Collection<Gap> gaps = new ArrayList<>();
        start.gaps().forEach((id, from) -> gaps.add(new Gap(id, from, start.offsets().get(id))));
        FeedState parent = at.boundary().feed();
        TreeMap<PartitionId, Long> firstOffsets = new TreeMap<>(start.offsets());
        firstOffsets.putAll(parent.nextOffsets());
        return new Lineage(
                at.checkpointId(),
                parts.clock().instant(),
                at.boundary().progress(),
                firstOffsets,
                parent.admitted(),
                new Lineage.Losses(List.copyOf(gaps), missing),
                Optional.empty());
    }

    private static Map<PartitionId, Long> byId(Map<TopicPartition, Long> offsets) {
        Map<PartitionId, Long> byId = new TreeMap<>();
        offsets.forEach(
                (partition, offset) ->
                        byId.put(
                                new PartitionId(partition.topic(), partition.partition()), offset));
        return byId;
    }
}
