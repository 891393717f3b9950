package io.maestream.app.source;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.maestream.ingest.source.video.CameraAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * One source as it is configured.
 *
 * @param name in the configuration
 * @param type what it is
 * @param id source id of its images
 * @param path directory or file; empty for others
 * @param camera where a camera is and how it is read
 * @param rate images or frames per second at most; 0 for all
 * @param repeat whether a directory begins again after its end
 */
public record SourceSettings(
        String name,
        SourceType type,
        String id,
        String path,
        Camera camera,
        double rate,
        boolean repeat) {

    static final String TYPE = "type";
    static final String ID = "id";
    static final String PATH = "path";
    static final String URI = "uri";
    static final String USER = "user";
    static final String PASSWORD_KEY = "password";
    static final String TRANSPORT = "transport";
    static final String STALL = "stall.seconds";
    static final String RATE = "rate";
    static final String REPEAT = "repeat";

    /** How a camera is reached. Its text has no secret. */
    record Camera(
            String uri,
            Optional<String> user,
            Optional<Password> password,
            boolean udp,
            double stallSeconds) {
        @Override
        public String toString() {
            return "Camera[udp=%s, stallSeconds=%s]".formatted(udp, stallSeconds);
        }
    }

    /** Refuses what does not go together. */
    public SourceSettings {
        String key = type.needsUri() ? URI : PATH;
        boolean given = !(type.needsUri() ? camera.uri() : path).isBlank();
        if ((type.needsUri() || type.needsPath()) && !given) {
            throw new IllegalArgumentException(
                    "%s%s.%s is required for type %s"
                            .formatted(SourcesSettings.PREFIX, name, key, type.word()));
        }
        if (type.needsUri()) {
            requireAddress(name, camera.uri());
        }
    }

    /** The keys of one source, after its name. */
    public static ConfigDef definition() {
        return defineCamera(new ConfigDef())
                .define(REPEAT, BOOLEAN, false, LOW, "Begin a directory again after its end.")
                .define(
                        TYPE,
                        STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.ValidString.in(SourceType.words()),
                        HIGH,
                        "What the source is; directory ends with its last file, watch goes on with files"
                                + " as they appear.")
                .define(
                        ID,
                        STRING,
                        "",
                        MEDIUM,
                        "Source id of its images; the name in the configuration by default.")
                .define(
                        PATH,
                        STRING,
                        "",
                        HIGH,
                        "What to read: a directory (types directory and watch) or a file (types archive"
                                + " and video).");
    }

    private static ConfigDef defineCamera(ConfigDef keys) {
        return defineReading(keys)
                .define(
                        URI,
                        STRING,
                        "",
                        HIGH,
                        "Address of a camera: rtsp://, rtsps://, http://, https://, or"
                                + " v4l2:/dev/video0.")
                .define(USER, STRING, "", MEDIUM, "User that the camera asks for.")
                .define(
                        PASSWORD_KEY,
                        PASSWORD,
                        null,
                        MEDIUM,
                        "Password of that user; from file or environment only.");
    }

    private static ConfigDef defineReading(ConfigDef keys) {
        return keys.define(
                        RATE,
                        DOUBLE,
                        0.0,
                        between(0, 100_000),
                        MEDIUM,
                        "Images per second at most; 0 for all. Of a camera or video, frames of its"
                                + " own time.")
                .define(
                        TRANSPORT,
                        STRING,
                        "tcp",
                        ConfigDef.ValidString.in("tcp", "udp"),
                        LOW,
                        "How an RTSP camera's media travel.")
                .define(
                        STALL,
                        DOUBLE,
                        10.0,
                        between(0.1, 3600),
                        MEDIUM,
                        "A camera that gives no frame for so many seconds is connected anew.");
    }

    private static void requireAddress(String name, String uri) {
        try {
            CameraAddress.of(uri);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s%s.%s: %s".formatted(SourcesSettings.PREFIX, name, URI, e.getMessage()), e);
        }
    }

    /** From values that {@link #definition()} has parsed. */
    static SourceSettings from(String name, Map<String, ?> parsed) {
        String id = (String) parsed.get(ID);
        String user = (String) parsed.get(USER);
        return new SourceSettings(
                name,
                SourceType.valueOf(((String) parsed.get(TYPE)).toUpperCase(Locale.ROOT)),
                id.isBlank() ? name : id,
                (String) parsed.get(PATH),
                new Camera(
                        (String) parsed.get(URI),
                        user.isBlank() ? Optional.empty() : Optional.of(user),
                        Optional.ofNullable((Password) parsed.get(PASSWORD_KEY)),
                        parsed.get(TRANSPORT).equals("udp"),
                        (double) parsed.get(STALL)),
                (double) parsed.get(RATE),
                (boolean) parsed.get(REPEAT));
    }
}
