package io.maestream.app.status;

import io.maestream.app.Records;
import io.maestream.schemas.CheckpointEvaluated;
import io.maestream.schemas.RejectedImage;
import io.maestream.schemas.RejectionReason;
import io.maestream.schemas.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A status, and the records that it is made of. */
public final class Examples {
    /** Ten seconds after the records. */
    public static final Instant NOW = Instant.parse("2026-03-04T05:06:17Z");

    private static final Instant AT = NOW.minusSeconds(10);

    private Examples() {}

    /** A run in the midst of training, with a standby; a source; two rejections. */
    public static Status training() {
        return board().at(NOW, Map.of(Records.RUN, group()));
    }

    /** The same without any trainer, an hour later. */
    public static Status stopped() {
        return board().at(NOW.plusSeconds(3600), Map.of());
    }

    static GroupStatus group() {
        return new GroupStatus(
                Optional.of("trainer-1/10.0.0.7"),
                List.of("trainer-2/10.0.0.8"),
                List.of(
                        new PartitionLag(0, OptionalLong.of(100), 164),
                        new PartitionLag(1, OptionalLong.empty(), 9)));
    }

    static StatusBoard board() {
        StatusBoard board = new StatusBoard();
        for (int step = 1; step <= 40; step++) {
            board.add(Records.step(step, 1f / step));
        }
        board.add(Records.committed(Records.RUN, 32));
        board.add(score("default-32", 0.4125));
        board.add(source("camera-1"));
        board.add(rejected(RejectionReason.QUOTA, AT));
        board.add(rejected(RejectionReason.EMPTY, AT));
        board.add(rejected(RejectionReason.EMPTY, AT));
        return board;
    }

    static CheckpointEvaluated score(String checkpoint, double accuracy) {
        return CheckpointEvaluated.newBuilder()
                .setCheckpointId(checkpoint)
                .setRunId(Records.RUN)
                .setEvaluator("follower-1")
                .setEvaluatedAt(AT)
                .setScores(Map.of("knn", accuracy))
                .build();
    }

    /** A source with 20 images, of which 3 were rejected. */
    public static SourceStatus source(String id) {
        return SourceStatus.newBuilder()
                .setSourceId(id)
                .setReceived(20)
                .setPrepared(16)
                .setRejected(Map.of("EMPTY", 2L, "QUOTA", 1L))
                .setDuplicates(1)
                .setNearDuplicates(0)
                .setBytes(1 << 20)
                .setPreparedBytes(1 << 19)
                .setFirstSeenAt(AT.minusSeconds(60))
                .setLastSeenAt(AT)
                .setUpdatedAt(AT)
                .build();
    }

    /** An image that was rejected. */
    public static RejectedImage rejected(RejectionReason reason, Instant at) {
        return RejectedImage.newBuilder()
                .setSourceId("camera-1")
                .setReason(reason)
                .setDetail("why")
                .setTopic("images.raw")
                .setPartition(0)
                .setOffset(0)
                .setSize(0)
                .setRejectedAt(at)
                .build();
    }
}
