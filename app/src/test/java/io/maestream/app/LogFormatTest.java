package io.maestream.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private static final String NASTY = "say \"hi\"\n\t\\ \u0001 – größer";

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void shouldWriteOneObjectALineWithKeysValuesAndException() throws Exception {
        // Given
        Logger log = logger(LogFormat.JSON);

        // When
        log.atWarn()
                .addKeyValue("run", NASTY)
                .addKeyValue("waited", Duration.ofSeconds(3))
                .addKeyValue("loss", Float.NaN)
                .setCause(new IllegalStateException(NASTY, new java.io.IOException("disk")))
                .log("late, {}", NASTY);
        log.info("short");

        // Then
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text().split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(2);
        JsonNode first = lines.get(0);
        assertThat(first.get("timestamp").asLong()).isPositive();
        assertThat(first.get("level").asText()).isEqualTo("WARN");
        assertThat(first.get("loggerName").asText()).isEqualTo("io.maestream.test");
        assertThat(first.get("formattedMessage").asText()).isEqualTo("late, " + NASTY);
        assertThat(first.get("kvpList").get(0).get("run").asText()).isEqualTo(NASTY);
        assertThat(first.get("kvpList").get(1).get("waited").asText()).isEqualTo("PT3S");
        assertThat(first.get("kvpList").get(2).get("loss").asText()).isEqualTo("NaN");
        assertThat(first.get("throwable").get("className").asText())
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(first.get("throwable").get("cause").get("message").asText()).isEqualTo("disk");
        assertThat(lines.get(1).get("formattedMessage").asText()).isEqualTo("short");
    }

    @Test
    void shouldWriteKeysAndValuesAfterTheMessageAsText() {
        // When
        logger(LogFormat.TEXT).atInfo().addKeyValue("step", 7).log("done");

        // Then
        assertThat(text()).contains("INFO").contains("io.maestream.test - done step=\"7\"");
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Logger logger(LogFormat format) {
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        // A context that SLF4J did not make has none.
        context.setMDCAdapter(new LogbackMDCAdapter());
        appender.setContext(context);
        appender.setEncoder(format.encoder(context));
        appender.setOutputStream(out);
        appender.start();
        Logger logger = context.getLogger("io.maestream.test");
        logger.addAppender(appender);
        return logger;
    }
}
