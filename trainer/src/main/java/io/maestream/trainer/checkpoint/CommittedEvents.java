package io.maestream.trainer.checkpoint;

import io.maestream.checkpoints.FileEntry;
import io.maestream.checkpoints.Manifest;
import io.maestream.checkpoints.ModelDescription;
import io.maestream.checkpoints.PublishedCheckpoint;
import io.maestream.schemas.CheckpointCommitted;
import io.maestream.schemas.CheckpointFile;
import io.maestream.schemas.ModelShape;
import io.maestream.schemas.NextOffset;
import io.maestream.schemas.OffsetRange;
import io.maestream.schemas.Trigger;
import io.maestream.trainer.feed.Gap;
import io.maestream.trainer.feed.PartitionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Turns a published checkpoint and the state it was taken at into the event that commits it. */
final class CommittedEvents {

    private CommittedEvents() {}

    static CheckpointCommitted event(
            PublishedCheckpoint published, RunState state, Trigger trigger, Instant committedAt) {
        Manifest manifest = published.manifest();
        return CheckpointCommitted.newBuilder()
                .setCheckpointId(published.id())
                .setRunId(manifest.runId())
                .setParentId(manifest.parentId())
                .setCommittedAt(committedAt)
                .setStep(manifest.step())
                .setImagesSeen(manifest.imagesSeen())
                .setTrigger(trigger)
                .setLocation(published.location().toString())
                .setFiles(manifest.files().stream().map(CommittedEvents::file).toList())
                .setManifestSha256(published.manifestSha256())
                .setNextOffsets(nextOffsets(state.feed().nextOffsets()))
                .setOffsetRanges(ranges(state))
                .setSkippedRanges(state.since().skipped().stream().map(g -> range(g)).toList())
                .setMissingReferences(state.since().missing().size())
                .setShape(shape(manifest.model()))
                .setMetrics(manifest.metrics())
                .setConfigDigest(manifest.configDigest())
                .setSoftwareVersion(manifest.softwareVersion())
                .build();
    }

    private static CheckpointFile file(FileEntry entry) {
        return new CheckpointFile(entry.role(), entry.name(), entry.size(), entry.sha256());
    }

    private static List<NextOffset> nextOffsets(SortedMap<PartitionId, Long> offsets) {
        List<NextOffset> next = new ArrayList<>();
        offsets.forEach(
                (partition, offset) ->
                        next.add(new NextOffset(partition.topic(), partition.partition(), offset)));
        return next;
    }

    /**
     * What was taken: from the parent's next offset, around all gaps, to this one's next offset.
     */
    private static List<OffsetRange> ranges(RunState state) {
        List<OffsetRange> ranges = new ArrayList<>();
        for (Map.Entry<PartitionId, Long> next : state.feed().nextOffsets().entrySet()) {
            PartitionId partition = next.getKey();
            long from = state.since().firstOffsets().getOrDefault(partition, 0L);
            for (Gap gap : gaps(state, partition)) {
                addRange(ranges, new Gap(partition, from, gap.from()));
                from = Math.max(from, gap.until());
            }
            addRange(ranges, new Gap(partition, from, next.getValue()));
        }
        return ranges;
    }

    private static List<Gap> gaps(RunState state, PartitionId partition) {
        return state.since().skipped().stream()
                .filter(gap -> gap.partition().equals(partition))
                .sorted(Comparator.comparingLong(Gap::from))
                .toList();
    }

    private static void addRange(List<OffsetRange> ranges, Gap taken) {
        if (taken.from() < taken.until()) {
            ranges.add(range(taken));
        }
    }

    private static OffsetRange range(Gap gap) {
        return new OffsetRange(
                gap.partition().topic(), gap.partition().partition(), gap.from(), gap.until());
    }

    private static ModelShape shape(ModelDescription model) {
        return new ModelShape(
                model.imageSize(),
                model.patchSize(),
                model.channels(),
                model.encoderDim(),
                model.encoderDepth(),
                model.encoderHeads(),
                model.decoderDim(),
                model.decoderDepth(),
                model.decoderHeads(),
                model.maskRatio(),
                model.normPix());
    }
}
