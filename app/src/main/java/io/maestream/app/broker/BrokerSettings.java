package io.maestream.app.broker;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Where the embedded broker keeps its data and how it listens.
 *
 * @param dataDir the directory of everything Maestream keeps on disk; the broker uses {@code
 *     kafka/} in it
 * @param port the loopback port for clients, or 0 for any free one
 * @param maxMessageBytes the largest record batch the broker takes, in bytes
 */
public record BrokerSettings(Path dataDir, int port, int maxMessageBytes) {
    /** Key of {@link #dataDir()}. */
    public static final String DATA_DIR = "data.dir";

    /** Key of {@link #port()}. */
    public static final String PORT = "broker.port";

    /** Key of {@link #maxMessageBytes()}. */
    public static final String MAX_MESSAGE_BYTES = "broker.max.message.bytes";

    private static final int MEBIBYTE = 1024 * 1024;

    /** The keys that fill this record. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        DATA_DIR,
                        Type.STRING,
                        ".maestream",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Directory of everything kept on disk: the embedded broker's log, checkpoints,"
                                + " panels, log files.")
                .define(
                        PORT,
                        Type.INT,
                        0,
                        Range.between(0, 65535),
                        Importance.MEDIUM,
                        "Loopback port of the embedded broker; 0 takes any free one.")
                .define(
                        MAX_MESSAGE_BYTES,
                        Type.INT,
                        64 * MEBIBYTE,
                        Range.between(MEBIBYTE, 1024 * MEBIBYTE),
                        Importance.LOW,
                        "Largest record batch that the embedded broker takes, in bytes; must be above"
                                + " the largest image.");
    }

    /** Reads the record from values that {@link #definition()} has parsed. */
    public static BrokerSettings from(Map<String, ?> parsed) {
        return new BrokerSettings(
                Path.of((String) parsed.get(DATA_DIR)),
                (Integer) parsed.get(PORT),
                (Integer) parsed.get(MAX_MESSAGE_BYTES));
    }
}
