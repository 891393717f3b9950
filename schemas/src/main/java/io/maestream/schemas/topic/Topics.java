package io.maestream.schemas.topic;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The topics of the contract: their names, what each is configured to be, and their creation. */
public final class Topics {

    /** Images as their sources gave them. Key: source id. */
    public static final String IMAGES_RAW = "images.raw";

    /** Checked, down-scaled images that a trainer reads. Key: source id. */
    public static final String IMAGES_PREPARED = "images.prepared";

    /** Why and where a raw record was not prepared. Key: source id, or none. */
    public static final String IMAGES_REJECTED = "images.rejected";

    /** What became of each source's images so far (compacted). Key: source id. */
    public static final String SOURCES_STATUS = "sources.status";

    /** One record per train step. Key: run id. */
    public static final String TRAINING_METRICS = "training.metrics";

    /** Reconstruction panels as PNG. Key: run id. */
    public static final String TRAINING_RECONSTRUCTIONS = "training.reconstructions";

    /** What a trainer is asked to do. Key: run id. */
    public static final String TRAINING_COMMANDS = "training.commands";

    /** Reasons to take a checkpoint now. Key: run id. */
    public static final String CHECKPOINT_REQUESTS = "checkpoint.requests";

    /** Every committed checkpoint, for ever. Key: run id. */
    public static final String CHECKPOINTS = "checkpoints";

    /** The last committed checkpoint of each run (compacted). Key: run id. */
    public static final String CHECKPOINTS_LATEST = "checkpoints.latest";

    /** Scores that followers gave to checkpoints. Key: run id. */
    public static final String CHECKPOINTS_EVALUATED = "checkpoints.evaluated";

    /** Retention deletes whole closed segments: small ones keep a bounded topic near its bound. */
    private static final String IMAGE_SEGMENT_BYTES = Integer.toString(128 * 1024 * 1024);

    private static final String FOR_EVER = "-1";

    private Topics() {}

    /** Every topic as it should be under these settings. */
    public static List<TopicSpec> all(TopicSettings settings) {
        Map<String, String> image = imageConfigs(settings);
        Map<String, String> week = Map.of(RETENTION_MS_CONFIG, millis(Duration.ofDays(7)));
        Map<String, String> month = Map.of(RETENTION_MS_CONFIG, millis(Duration.ofDays(30)));
        Map<String, String> kept = Map.of(RETENTION_MS_CONFIG, FOR_EVER);
        Map<String, String> compacted = Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT);
        Map<String, String> panels =
                Map.of(
                        RETENTION_MS_CONFIG,
                        millis(Duration.ofDays(7)),
                        MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(settings.maxMessageBytes()));
        return List.of(
                new TopicSpec(IMAGES_RAW, settings.imagePartitions(), image),
                new TopicSpec(IMAGES_PREPARED, settings.imagePartitions(), image),
                new TopicSpec(IMAGES_REJECTED, 1, month),
                new TopicSpec(SOURCES_STATUS, 1, compacted),
                new TopicSpec(TRAINING_METRICS, 1, week),
                new TopicSpec(TRAINING_RECONSTRUCTIONS, 1, panels),
                new TopicSpec(TRAINING_COMMANDS, 1, week),
                new TopicSpec(CHECKPOINT_REQUESTS, 1, week),
                new TopicSpec(CHECKPOINTS, 1, kept),
                new TopicSpec(CHECKPOINTS_LATEST, 1, compacted),
                new TopicSpec(CHECKPOINTS_EVALUATED, 1, kept));
    }

    /**
     * Creates the topics that are missing and compares the others. It may be called at any time and
     * by several processes at once; a present topic is never changed.
     *
     * @throws TopicCreationException if the brokers cannot be reached or refuse a topic
     */
    public static TopicReport create(Admin admin, TopicSettings settings) {
        return new TopicCreation(admin, settings).run();
    }

    private static Map<String, String> imageConfigs(TopicSettings settings) {
        return Map.of(
                MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(settings.maxMessageBytes()),
                RETENTION_BYTES_CONFIG,
                Long.toString(settings.imageRetentionBytes()),
                RETENTION_MS_CONFIG,
                settings.imageRetention().isNegative()
                        ? FOR_EVER
                        : millis(settings.imageRetention()),
                SEGMENT_BYTES_CONFIG,
                IMAGE_SEGMENT_BYTES);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
