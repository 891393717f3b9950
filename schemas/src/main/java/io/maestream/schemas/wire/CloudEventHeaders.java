package io.maestream.schemas.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * CloudEvents 1.0 attributes as headers of a Kafka record, in binary content mode.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">
 *     Kafka protocol binding</a>
 */
public final class CloudEventHeaders {

    /** Unique among the events of its source. */
    public static final String ID = "ce_id";

    /** What happened, such as {@code io.maestream.checkpoint.committed}. */
    public static final String TYPE = "ce_type";

    /** Where it happened, as a URI reference. */
    public static final String SOURCE = "ce_source";

    /** Version of CloudEvents: 1.0. */
    public static final String SPEC_VERSION = "ce_specversion";

    /** When it happened, RFC 3339. */
    public static final String TIME = "ce_time";

    /** Media type of the value. */
    public static final String CONTENT_TYPE = "content-type";

    private static final String AVRO = "application/avro";

    private CloudEventHeaders() {}

    /** Adds an event's attributes; any of the same names that were there are replaced. */
    public static void add(Headers headers, String id, String type, String source, Instant time) {
        set(headers, SPEC_VERSION, "1.0");
        set(headers, ID, id);
        set(headers, TYPE, type);
        set(headers, SOURCE, source);
        set(headers, TIME, DateTimeFormatter.ISO_INSTANT.format(time));
        set(headers, CONTENT_TYPE, AVRO);
    }

    /** The last header of this name as text, or null if there is none. */
    public static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
