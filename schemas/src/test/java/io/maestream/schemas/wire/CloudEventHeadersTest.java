package io.maestream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTest {

    @Test
    void shouldCarryTheRequiredAttributesWhenAdded() {
        // Given headers that an earlier event left behind
        RecordHeaders headers = new RecordHeaders();
        headers.add(CloudEventHeaders.ID, new byte[] {'x'});

        // When
        CloudEventHeaders.add(headers, "7", "io.maestream.x", "/runs/r", Instant.ofEpochSecond(1));

        // Then
        assertThat(CloudEventHeaders.text(headers, "ce_id")).isEqualTo("7");
        assertThat(headers.headers("ce_id")).hasSize(1);
        assertThat(CloudEventHeaders.text(headers, "ce_type")).isEqualTo("io.maestream.x");
        assertThat(CloudEventHeaders.text(headers, "ce_source")).isEqualTo("/runs/r");
        assertThat(CloudEventHeaders.text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(CloudEventHeaders.text(headers, "ce_time")).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(CloudEventHeaders.text(headers, "content-type")).isEqualTo("application/avro");
        assertThat(CloudEventHeaders.text(headers, "ce_subject")).isNull();
    }
}
