package io.maestream.ingest.prepare;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.maestream.schemas.topic.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How the preparation service runs.
 *
 * @param prepare what is done with images
 * @param applicationId name that its instances share: group and transactions
 * @param threads preparing threads of this instance; more than there are partitions stand idle
 * @param stateDir Kafka Streams' directory, or nothing for its default
 * @param startTimeout how long to wait for brokers and topics
 * @param commitEvery how long a transaction collects images before they are seen
 */
public record PreparationServiceSettings(
        PreparationSettings prepare,
        String applicationId,
        int threads,
        Optional<Path> stateDir,
        Duration startTimeout,
        Duration commitEvery) {

    static final String APPLICATION_ID = "prepare.application.id";
    static final String THREADS = "prepare.threads";
    static final String STATE_DIR = "prepare.state.dir";
    static final String START_TIMEOUT = "prepare.start.timeout.seconds";
    static final String COMMIT = "prepare.commit.milliseconds";

    /** A transaction is given up by the brokers after ten seconds. */
    private static final int LONGEST_COMMIT = 5000;

    /** All keys {@code prepare.*}, those of {@link PreparationSettings} included. */
    public static ConfigDef definition() {
        return defineTimes(PreparationSettings.definition())
                .define(
                        APPLICATION_ID,
                        STRING,
                        "maestream-prepare",
                        new ConfigDef.NonEmptyString(),
                        LOW,
                        "Kafka Streams application id; instances that share it share the work.")
                .define(THREADS, INT, 1, between(1, 256), MEDIUM, "Threads that prepare.")
                .define(
                        STATE_DIR,
                        STRING,
                        "",
                        LOW,
                        "Directory of Kafka Streams; empty takes its default under the system's"
                                + " temporary directory.");
    }

    private static ConfigDef defineTimes(ConfigDef keys) {
        return keys.define(
                        START_TIMEOUT,
                        LONG,
                        60L,
                        atLeast(0),
                        LOW,
                        "Seconds to wait at the start for the brokers and the topics.")
                .define(
                        COMMIT,
                        INT,
                        300,
                        between(10, LONGEST_COMMIT),
                        LOW,
                        "Milliseconds after which prepared images are committed, and seen by the"
                                + " trainer.");
    }

    /** From values that {@link #definition()} has parsed; images no larger than the topics take. */
    public static PreparationServiceSettings from(Map<String, ?> parsed, TopicSettings topics) {
        String stateDir = (String) parsed.get(STATE_DIR);
        return new PreparationServiceSettings(
                PreparationSettings.from(parsed).within(topics.maxImageBytes()),
                (String) parsed.get(APPLICATION_ID),
                (int) parsed.get(THREADS),
                stateDir.isBlank() ? Optional.empty() : Optional.of(Path.of(stateDir)),
                Duration.ofSeconds((long) parsed.get(START_TIMEOUT)),
                Duration.ofMillis((int) parsed.get(COMMIT)));
    }
}
