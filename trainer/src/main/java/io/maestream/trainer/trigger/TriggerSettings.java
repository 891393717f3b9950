package io.maestream.trainer.trigger;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How the trigger service runs.
 *
 * @param isEnabled whether a trainer runs one beside itself
 * @param watch what is watched for
 * @param applicationId name that its instances share: group and transactions
 * @param stateDir Kafka Streams' directory, or nothing for its default
 * @param startTimeout how long to wait for brokers and topics
 */
public record TriggerSettings(
        boolean isEnabled,
        WatchSettings watch,
        String applicationId,
        Optional<Path> stateDir,
        Duration startTimeout) {

    /** Key of the switch. */
    public static final String ENABLED = "trigger.enabled";

    /** Key of the directory. */
    public static final String STATE_DIR = "trigger.state.dir";

    static final String APPLICATION_ID = "trigger.application.id";
    static final String START_TIMEOUT = "trigger.start.timeout.seconds";

    /** All keys {@code trigger.*}. */
    public static ConfigDef definition() {
        return defineService(WatchSettings.definition())
                .define(
                        ENABLED,
                        BOOLEAN,
                        false,
                        HIGH,
                        "Whether train watches the losses of runs as well and asks for checkpoints,"
                                + " as maestream trigger does in a process of its own.");
    }

    private static ConfigDef defineService(ConfigDef keys) {
        return keys.define(
                        APPLICATION_ID,
                        STRING,
                        "maestream-trigger",
                        new ConfigDef.NonEmptyString(),
                        LOW,
                        "Kafka Streams application id; of the instances that share it one works.")
                .define(
                        STATE_DIR,
                        STRING,
                        "",
                        LOW,
                        "Directory of Kafka Streams; empty takes its default under the system's"
                                + " temporary directory.")
                .define(
                        START_TIMEOUT,
                        LONG,
                        60L,
                        atLeast(0),
                        LOW,
                        "Seconds to wait at the start for the brokers and the topics.");
    }

    /** From values that {@link #definition()} has parsed. */
    public static TriggerSettings from(Map<String, ?> parsed) {
        String stateDir = (String) parsed.get(STATE_DIR);
        return new TriggerSettings(
                (boolean) parsed.get(ENABLED),
                WatchSettings.from(parsed),
                (String) parsed.get(APPLICATION_ID),
                stateDir.isBlank() ? Optional.empty() : Optional.of(Path.of(stateDir)),
                Duration.ofSeconds((long) parsed.get(START_TIMEOUT)));
    }
}
